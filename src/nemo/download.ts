import { Failure, type FailureFacts } from "../base/failure.ts";
import type { CallOptions, NemoService } from "../executor/ports.ts";
import { cleanLine } from "../base/clean-text.ts";
import { connectMs, readAnswer, type Caller } from "./caller.ts";
import { follow, isFetchable, abandon, type Channel, type Incoming } from "./channel.ts";
import type { DownloadRequest, FilePart } from "./file-part.ts";
import { cutShort, fileParts, SinkError, toSinkError, type Address, type FileParts } from "./file-parts.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { isPrivateAddress } from "./transport/addresses.ts";
import { paths } from "./wire.ts";

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

/** The rendered file, from its own address with no credentials unless that is the service, else from the service. */
export function downloadCall(caller: Caller, channel: Channel): NemoService["download"] {
  const parts = fileParts();
  return async (request, options = {}) => {
    const wanted = { request, options, parts };
    try {
      const url = request.url;
      if (url !== undefined) {
        const problem = await attempt(() => fromUrl(caller, channel, { ...wanted, url }), isFinalAtUrl);
        if (problem === undefined) return;
      }
      const problem = await attempt(() => fromService(caller, channel, wanted), isFinal);
      if (problem !== undefined) throw downloadFailed(problem);
    } catch (error) {
      throw error instanceof SinkError ? error.cause : error;
    }
  };
}

const isFinal = ({ code }: FailureFacts): boolean => final.has(code);

/** A storage that stands in front of the service's own origin speaks of links in these words, and not of accounts. */
const isFinalAtUrl = ({ code, sent }: FailureFacts): boolean =>
  final.has(code) && (code === "interrupted" || sent !== "maybe-sent");

/** The Failure that leaves another address to be asked. */
async function attempt(
  fetchFile: () => Promise<void>,
  isLast: (facts: FailureFacts) => boolean,
): Promise<Failure | undefined> {
  try {
    await fetchFile();
    return undefined;
  } catch (error) {
    if (error instanceof Failure && !isLast(error.facts)) return error;
    throw error;
  }
}

interface Wanted {
  readonly request: DownloadRequest;
  readonly options: CallOptions;
  readonly parts: FileParts;
}

async function fromUrl(caller: Caller, channel: Channel, wanted: Wanted & { url: string }): Promise<void> {
  const url = URL.canParse(wanted.url) ? new URL(wanted.url) : undefined;
  if (url === undefined) throw notFetchable();
  await wanted.parts.complete(wanted.request, "url", (headers) =>
    url.origin === caller.apiUrl.origin
      ? ownFile(caller, channel, { ...wanted, headers, from: "url", path: url })
      : foreignFile(caller, channel, { ...wanted, headers, url }).then((incoming) =>
          save(caller, incoming, { ...wanted, from: "url" }),
        ),
  );
}

const fromService = (caller: Caller, channel: Channel, wanted: Wanted): Promise<void> =>
  wanted.parts.complete(wanted.request, "service", (headers) =>
    ownFile(caller, channel, {
      ...wanted,
      headers,
      from: "service",
      path: paths.download(wanted.request.renderId),
    }),
  );

interface Asked extends Wanted {
  /** What asks for the rest of a file that broke off. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A file on the service's origin: with token and headers, and without them from where it sends us elsewhere. */
function ownFile(
  caller: Caller,
  channel: Channel,
  asked: Asked & { readonly from: Address; readonly path: string | URL },
): Promise<void> {
  const { request, options, path, headers } = asked;
  const { session } = request;
  return caller.withToken(session, async (token) => {
    const incoming = await caller.open(
      {
        name: "download",
        method: "GET",
        path,
        skill: session.skill,
        accept: "*/*",
        headers,
        limits,
        ...options,
      },
      token,
      (url) => foreignFile(caller, channel, { ...asked, url }),
    );
    await save(caller, incoming, asked);
  });
}

/** A file on another origin: no token, no headers of ours, no password that stands in the address. */
async function foreignFile(
  caller: Caller,
  channel: Channel,
  { url, options, headers }: Asked & { readonly url: URL },
): Promise<Incoming> {
  const mayVisit = (to: URL): boolean => to.origin !== caller.apiUrl.origin && isFetchable(to, caller.apiUrl);
  if (!mayVisit(url)) throw notFetchable();
  const first = new URL(url);
  [first.username, first.password] = ["", ""];
  const publicOnly = !isPrivateAddress(caller.apiUrl.hostname);
  return follow(channel, first, {
    headers: { Accept: "*/*", "Accept-Encoding": "identity", ...headers },
    mayVisit,
    outgoing: { limits, publicOnly, ...options },
  });
}

async function save(
  caller: Caller,
  incoming: Incoming,
  { request, parts, from }: Wanted & { readonly from: Address },
): Promise<void> {
  const type = incoming.header("content-type") ?? "";
  const refused = (incoming.status !== 200 && incoming.status !== 206) || /json|html|text\//i.test(type);
  // Maybe it was the asking for the rest that was refused: the next time all of it is asked for.
  if (incoming.status >= 400 && incoming.status < 500) parts.forget(request, from);
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
  if ((incoming.header("content-encoding") ?? "identity") !== "identity") {
    await abandon(incoming);
    throw cutShort("it came encoded");
  }
  const part = await parts.take(request, from, incoming);
  await pour(incoming, request, part);
  if (part.receivedBytes === 0) throw cutShort("it came empty");
  if (part.sizeBytes !== undefined && part.receivedBytes !== part.sizeBytes)
    throw cutShort(`${part.receivedBytes} of ${part.sizeBytes} bytes came`);
}

/** Writes the body to the sink, reading on while one write is under way. */
async function pour(incoming: Incoming, request: DownloadRequest, part: FilePart): Promise<void> {
  let writing: Promise<void> | undefined;
  try {
    for await (const chunk of incoming.body) {
      // A slow disk is no silence of the service.
      incoming.deadlines.lift("idle");
      await writing;
      incoming.deadlines.touch("idle");
      part.receivedBytes += chunk.byteLength;
      writing = part.sink.write(chunk).catch(toSinkError);
      // Looked at before the next write; until then it must not count as unhandled.
      writing.catch(() => undefined);
      request.onReceived?.(part.receivedBytes, part.sizeBytes);
    }
    await writing;
  } catch (error) {
    if (error instanceof SinkError) await abandon(incoming);
    // Nothing is gone on with whose last bytes did not get to the disk.
    else await writing;
    throw error instanceof SinkError ? error : incoming.failure(error);
  } finally {
    incoming.deadlines.stop();
  }
}

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
