import { z } from "zod";
import { readDraft } from "../video/read-draft.ts";
import type { Render, RenderOrder } from "../video/render-queue.ts";
import { type Call, Refused } from "./call.ts";
import { drain, readBody } from "./read-body.ts";
import { reply, replyData } from "./reply.ts";
import { sessionOf } from "./session-calls.ts";

const order = z.object({
  id: z.string().regex(/^render_[\w-]{1,120}$/),
  sessionId: z.string(),
  draft: z.unknown(),
  output: z.object({
    format: z.enum(["mp4", "mov", "avi", "webm", "mkv", "gif"]),
    quality: z.enum(["low", "medium", "high"]).default("high"),
  }),
});

const attribution = ["x-skill-source", "x-skill-version", "x-skill-platform"];

/** Starts a render of the draft that was sent, which need not be the newest. */
export async function startRender(call: Call): Promise<void> {
  const body = await readBody(call.request, order);
  const missing = attribution.filter((name) => call.request.headers[name] === undefined);
  if (missing.length > 0) throw new Refused(402, `export blocked: without ${missing.join(", ")}`);
  const session = sessionOf(call, body.sessionId);
  const draft = readDraft(body.draft);
  if (draft === undefined) throw new Refused(422, "draft: nothing to render");
  const { renders, ledger } = call.backend;
  const { id, output } = body;
  const fate = fateOf(call);
  const started = renders.start({
    ...output,
    id,
    sessionId: session.id,
    userId: session.userId,
    draft,
    uploads: session.uploads,
    fate,
  });
  if (!started) throw new Refused(409, `render id ${id} has been used`);
  const sent = JSON.stringify(body.draft);
  const draftKnown = session.versions.some((version) => sameJson(JSON.stringify(version.draft), sent));
  ledger.renders.push({ atMs: Date.now(), id, sessionId: session.id, ...output, draftKnown });
  if (call.backend.form === "old")
    reply(call, { success: true, data: { id, status: "pending", progress: 0 } });
  else reply(call, { taskId: id, status: "pending", progress: 0 });
}

function fateOf(call: Call): RenderOrder["fate"] {
  if (call.faults.has("render-fails")) return "fails";
  return call.faults.has("render-stuck") ? "stuck" : "well";
}

/** The older form sends drafts without starts, and so they come back without. */
function sameJson(known: string, sent: string): boolean {
  return known === sent || known.replaceAll(/"s":\d+,/g, "") === sent;
}

export function renderOf(call: Call): Render {
  const render = call.backend.renders.find(call.params[0] ?? "");
  if (render?.userId !== call.account.userId) throw new Refused(404, "no such render");
  return render;
}

export async function pollRender(call: Call): Promise<void> {
  await drain(call.request);
  const render = renderOf(call);
  const { id, status, progress } = render;
  const done = status === "completed";
  const { foreign, own } = call.backend.origins;
  const url = `${call.faults.has("foreign-link") ? foreign : own}/files/${render.file}`;
  const error = render.error === undefined ? {} : { error: render.error };
  if (call.backend.form === "old" || call.faults.has("shape-b")) {
    reply(call, {
      success: true,
      data: { id, status, progress, ...(done ? { outputUrl: url } : {}), ...error },
    });
    return;
  }
  const output = { url, duration: render.durationSeconds, size: render.sizeBytes };
  reply(call, { taskId: id, status, progress, ...(done ? { output } : {}), ...error });
}

export async function cancelRender(call: Call): Promise<void> {
  await drain(call.request);
  const render = renderOf(call);
  call.backend.renders.cancel(render.id);
  replyData(call, { id: render.id, status: "cancelled" });
}
