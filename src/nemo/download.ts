import { Failure } from "../base/failure.ts";
import type { CallOptions, NemoService } from "../executor/ports.ts";
import { cleanLine } from "../base/clean-text.ts";
import { connectMs, readAnswer, type Caller } from "./caller.ts";
import { follow, isFetchable, abandon, type Channel, type Incoming } from "./channel.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { isPrivateAddress } from "./transport/addresses.ts";
import { paths } from "./wire.ts";

type Request = Parameters<NemoService["download"]>[0];

const limits = { connect: connectMs, idle: 60_000 };
/** Refusals that stand whatever address is asked; all else is one address that did not answer. */
const final = new Set([
  "unauthorized",
  "account-changed",
  "session-lost",
  "export-blocked",
  "scope-missing",
  "rate-limited",
  "interrupted",
]);

/** The sink's own error: the disk's matter, not the service's. */
class SinkError extends Error {}

/** The rendered file, from its own address with no credentials unless that is the service, else from the service. */
export function downloadCall(caller: Caller, channel: Channel): NemoService["download"] {
  return async (request, options = {}) => {
    try {
      const url = request.url;
      if (url !== undefined) {
        const problem = await attempt(() => fromUrl(caller, channel, { url, request, options }));
        if (problem === undefined) return;
      }
      const problem = await attempt(() => fromService(caller, channel, { request, options }));
      if (problem !== undefined) throw downloadFailed(problem);
    } catch (error) {
      throw error instanceof SinkError ? error.cause : error;
    }
  };
}

/** The Failure that leaves another address to be asked. */
async function attempt(fetchFile: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await fetchFile();
    return undefined;
  } catch (error) {
    if (error instanceof Failure && !final.has(error.facts.code)) return error;
    throw error;
  }
}

interface Wanted {
  readonly request: Request;
  readonly options: CallOptions;
}

async function fromUrl(caller: Caller, channel: Channel, wanted: Wanted & { url: string }): Promise<void> {
  const url = URL.canParse(wanted.url) ? new URL(wanted.url) : undefined;
  if (url?.origin === caller.apiUrl.origin) return ownFile(caller, channel, { ...wanted, path: url });
  if (url === undefined) throw notFetchable();
  await save(caller, await foreignFile(caller, channel, { ...wanted, url }), wanted.request);
}

const fromService = (caller: Caller, channel: Channel, wanted: Wanted): Promise<void> =>
  ownFile(caller, channel, { ...wanted, path: paths.download(wanted.request.renderId) });

/** A file on the service's origin: with token and headers, and without them from where it sends us elsewhere. */
function ownFile(
  caller: Caller,
  channel: Channel,
  wanted: Wanted & { readonly path: string | URL },
): Promise<void> {
  const { request, options, path } = wanted;
  const { session } = request;
  return caller.withToken(session, async (token) => {
    const incoming = await caller.open(
      { name: "download", method: "GET", path, skill: session.skill, accept: "*/*", limits, ...options },
      token,
      (url) => foreignFile(caller, channel, { ...wanted, url }),
    );
    await save(caller, incoming, request);
  });
}

/** A file on another origin: no token, no headers of ours, no password that stands in the address. */
async function foreignFile(
  caller: Caller,
  channel: Channel,
  { url, options }: Wanted & { readonly url: URL },
): Promise<Incoming> {
  const mayVisit = (to: URL): boolean => to.origin !== caller.apiUrl.origin && isFetchable(to, caller.apiUrl);
  if (!mayVisit(url)) throw notFetchable();
  const first = new URL(url);
  [first.username, first.password] = ["", ""];
  const publicOnly = !isPrivateAddress(caller.apiUrl.hostname);
  return follow(channel, first, {
    headers: { Accept: "*/*", "Accept-Encoding": "identity" },
    mayVisit,
    outgoing: { limits, publicOnly, ...options },
  });
}

async function save(caller: Caller, incoming: Incoming, request: Request): Promise<void> {
  const type = incoming.header("content-type") ?? "";
  const refused = incoming.status !== 200 || /json|html|text\//i.test(type);
  if (refused && incoming.url.origin !== caller.apiUrl.origin) {
    // What a stranger says about tokens and plans means nothing.
    await abandon(incoming);
    throw cutShort(`${incoming.url.origin} answered with HTTP ${incoming.status} (${cleanLine(type, 60)})`);
  }
  if (refused) {
    const text = await readAnswer(incoming);
    judgeAnswer({ status: incoming.status, text }, caller.context("download", incoming));
    throw new Failure({ code: "download-failed", message: "The answer is no media file.", sent: "rejected" });
  }
  const length = incoming.header("content-length");
  const sizeBytes = length !== undefined && /^\d+$/.test(length) ? Number(length) : undefined;
  if ((incoming.header("content-encoding") ?? "identity") !== "identity") {
    await abandon(incoming);
    throw cutShort("it came encoded");
  }
  const receivedBytes = await pour(incoming, request, sizeBytes);
  if (receivedBytes === 0) throw cutShort("it came empty");
  if (sizeBytes !== undefined && receivedBytes !== sizeBytes)
    throw cutShort(`${receivedBytes} of ${sizeBytes} bytes came`);
}

/** Writes the body to a new sink, reading on while one write is under way. */
async function pour(incoming: Incoming, request: Request, sizeBytes: number | undefined): Promise<number> {
  let receivedBytes = 0;
  let writing: Promise<void> | undefined;
  try {
    const sink = await request.openSink().catch(toSinkError);
    for await (const chunk of incoming.body) {
      // A slow disk is no silence of the service.
      incoming.deadlines.lift("idle");
      await writing;
      incoming.deadlines.touch("idle");
      receivedBytes += chunk.byteLength;
      writing = sink.write(chunk).catch(toSinkError);
      // Looked at before the next write; until then it must not count as unhandled.
      writing.catch(() => undefined);
      request.onReceived?.(receivedBytes, sizeBytes);
    }
    await writing;
    return receivedBytes;
  } catch (error) {
    if (error instanceof SinkError) await abandon(incoming);
    else await writing?.catch(() => undefined);
    throw error instanceof SinkError ? error : incoming.failure(error);
  } finally {
    incoming.deadlines.stop();
  }
}

function toSinkError(cause: unknown): never {
  throw new SinkError("the sink failed", { cause });
}

const cutShort = (why: string): Failure =>
  new Failure({
    code: "download-failed",
    message: `The file did not come whole: ${why}.`,
    sent: "rejected",
    transient: true,
  });

const notFetchable = (): Failure =>
  new Failure({
    code: "download-failed",
    message: "The service names an address for the file that is not fetched.",
    sent: "rejected",
  });

function downloadFailed(problem: Failure): Failure {
  const { code, message, transient } = problem.facts;
  if (code === "render-failed") return problem;
  return new Failure(
    {
      code: "download-failed",
      message: `The rendered video could not be fetched. ${message}`,
      hint: "The render is kept: `nemo-recipe resume` fetches it, at no cost.",
      sent: problem.facts.sent,
      transient: transient === true,
    },
    problem,
  );
}
