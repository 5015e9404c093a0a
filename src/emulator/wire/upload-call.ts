import { z } from "zod";
import type { Session, Upload } from "../state/sessions.ts";
import { type Call, Refused } from "./call.ts";
import { drain, readBody } from "./read-body.ts";
import { readMultipart } from "./read-multipart.ts";
import { replyData } from "./reply.ts";
import { infoOf, sessionOf } from "./session-calls.ts";
import { openIncoming, type Incoming } from "../media/open-incoming.ts";

const links = z.object({
  urls: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .max(50),
  source_type: z.literal("url"),
});
const fetchLimitMs = 20_000;

/** Takes files into a session: as multipart, or as links that are fetched. All of them, or none. */
export async function uploadFiles(call: Call): Promise<void> {
  const session = findSession(call);
  const type = call.request.headers["content-type"] ?? "";
  const boundary = /^multipart\/form-data;.*\bboundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary === undefined && !/^application\/json\b/i.test(type)) await drain(call.request);
  if (session instanceof Refused) {
    await drain(call.request);
    throw session;
  }
  const uploads = boundary === undefined ? await takeLinks(call) : await takeParts(call, boundary);
  if (uploads.length === 0) throw new Refused(422, "no file in the field `files`");
  record(call, session, uploads);
  const { own } = call.backend.origins;
  const files = uploads.map((upload) =>
    Object.assign(infoOf(upload), { cdn_url: `${own}/files/${upload.id}` }),
  );
  replyData(call, { files, session_state_applied: true });
}

function findSession(call: Call): Session | Refused {
  try {
    return sessionOf(call, call.params[0]);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

function record(call: Call, session: Session, uploads: readonly Upload[]): void {
  session.uploads.push(...uploads);
  call.backend.sessions.save(session);
  for (const { filename, sizeBytes, sha256, atMs } of uploads) {
    call.backend.ledger.uploads.push({ atMs, sessionId: session.id, filename, sizeBytes, sha256 });
  }
}

async function takeParts(call: Call, boundary: string): Promise<Upload[]> {
  const arrived: Incoming[] = [];
  let current: Incoming | undefined;
  try {
    for await (const event of readMultipart(call.request, boundary)) {
      if (event.kind === "part") {
        const named = event.head.field === "files" ? event.head.filename : undefined;
        current = named === undefined ? undefined : await openIncoming(call.backend, named);
        if (current !== undefined) arrived.push(current);
      } else if (event.kind === "data") await current?.write(event.bytes);
      else await current?.close();
    }
    return await finishAll(arrived);
  } catch (error) {
    await Promise.all(arrived.map((incoming) => incoming.discard()));
    throw error;
  }
}

async function finishAll(arrived: readonly Incoming[]): Promise<Upload[]> {
  const uploads: Upload[] = [];
  for (const incoming of arrived) uploads.push(await incoming.finish());
  return uploads;
}

async function takeLinks(call: Call): Promise<Upload[]> {
  const { urls } = await readBody(call.request, links);
  const arrived: Incoming[] = [];
  try {
    for (const url of urls) arrived.push(await takeLink(call, url));
    return await finishAll(arrived);
  } catch (error) {
    await Promise.all(arrived.map((incoming) => incoming.discard()));
    throw error;
  }
}

async function takeLink(call: Call, url: string): Promise<Incoming> {
  const name = decodeURIComponent(new URL(url).pathname.split("/").at(-1) ?? "file");
  const incoming = await openIncoming(call.backend, name);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(fetchLimitMs) });
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    for await (const bytes of response.body) await incoming.write(Buffer.from(bytes));
    await incoming.close();
    return incoming;
  } catch (error) {
    await incoming.discard();
    throw new Refused(422, `cannot fetch ${url}: ${error instanceof Error ? error.message : "failed"}`);
  }
}
