import type * as Http from "node:http";
import type * as Net from "node:net";
import { Failure } from "../../base/failure.ts";
import { isPrivateAddress } from "./addresses.ts";
import { mayReuse } from "./may-reuse.ts";
import { TransportError, type HttpAnswer, type HttpRequest, type Transport } from "./http-exchange.ts";

// Shorter than the 5 s after which common servers drop an idle connection: a reused one is then seldom dead.
const idleSocketMs = 4000;

/**
 * HTTP by the runtime's own client, which behaves alike on Node, Bun and Deno, has no timeouts of its own, and says
 * when its connection stands.
 *
 * Owns: idle connections. Talks to: any http(s) server. Invariants: one call writes one request.
 */
export function directTransport(openConnection?: OpenConnection): Transport {
  const agents = new Map<string, Http.Agent>();
  const agentFor = (protocol: string, module: HttpModule): Http.Agent => {
    const agent =
      agents.get(protocol) ??
      new module.Agent({ keepAlive: true, timeout: idleSocketMs, maxFreeSockets: 16 });
    agents.set(protocol, agent);
    return agent;
  };
  return {
    exchange: async (request) => {
      const { url, method, body, signal } = request;
      const secure = url.protocol === "https:";
      // A static import costs ten times as much at the start, for commands that send nothing.
      const module = secure ? process.getBuiltinModule("node:https") : process.getBuiltinModule("node:http");
      const headers = { ...request.headers, ...lengthOf(body) };
      if (openConnection !== undefined) {
        const socket = await openConnection(url, signal).catch(notConnected);
        const outgoing = module.request(url, { method, headers, createConnection: () => socket });
        return converse(outgoing, request, secure);
      }
      const alone = request.fresh === true || request.publicOnly === true || !mayReuse(method);
      const agent = alone ? false : agentFor(url.protocol, module);
      return converse(module.request(url, { method, headers, agent }), request, secure);
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
      return Promise.resolve();
    },
  };
}

/** Makes a connection that stands, in place of the usual one; used for one request. */
export type OpenConnection = (url: URL, signal: AbortSignal) => Promise<Net.Socket>;

type HttpModule = Pick<typeof Http, "Agent" | "request">;

function notConnected(error: unknown): never {
  throw new TransportError(false, error);
}

async function converse(
  outgoing: Http.ClientRequest,
  request: HttpRequest,
  secure: boolean,
): Promise<HttpAnswer> {
  let connected = false;
  const onConnected = (): void => {
    connected = true;
    request.onConnected?.();
  };
  const onAbort = (): void => void outgoing.destroy(asError(request.signal.reason));
  const answered = new Promise<Http.IncomingMessage>((resolve, reject) => {
    outgoing.on("error", reject);
    const onClose = (): void => reject(new Error("the connection closed before an answer"));
    outgoing.once("close", onClose);
    outgoing.once("response", (answer: Http.IncomingMessage) => {
      outgoing.off("close", onClose);
      resolve(answer);
    });
  });
  outgoing.on("socket", (socket) => watchSocket({ socket, outgoing, request, secure, onConnected }));
  request.signal.addEventListener("abort", onAbort, { once: true });
  if (request.signal.aborted) onAbort();
  try {
    const [answer] = await Promise.all([answered, writeBody(outgoing, request, answered)]);
    return toAnswer(answer, outgoing, { request, onAbort });
  } catch (error) {
    request.signal.removeEventListener("abort", onAbort);
    outgoing.destroy();
    if (error instanceof Failure) throw error;
    throw new TransportError(connected, request.signal.aborted ? request.signal.reason : error);
  }
}

interface Watched {
  readonly socket: Net.Socket;
  readonly outgoing: Http.ClientRequest;
  readonly request: HttpRequest;
  readonly secure: boolean;
  readonly onConnected: () => void;
}

function watchSocket({ socket, outgoing, request, secure, onConnected }: Watched): void {
  const check = (): void => {
    // Looked at after the name was resolved, so that a name cannot point elsewhere at the second look.
    if (request.publicOnly === true && isPrivateAddress(socket.remoteAddress ?? ""))
      outgoing.destroy(new Error("the address lies in a private network"));
  };
  if (outgoing.reusedSocket || !socket.connecting) return onConnected();
  socket.once("connect", check);
  socket.once(secure ? "secureConnect" : "connect", () => {
    if (!outgoing.destroyed) onConnected();
  });
}

async function writeBody(
  outgoing: Http.ClientRequest,
  request: HttpRequest,
  answered: Promise<unknown>,
): Promise<void> {
  const { body } = request;
  if (body === undefined || typeof body === "string") {
    outgoing.end(body);
    return;
  }
  let over = false;
  let goOn = (): void => {};
  const end = (): void => {
    over = true;
    goOn();
  };
  answered.then(end, end);
  try {
    for await (const chunk of body.chunks()) {
      if (over) return;
      await new Promise<void>((resolve) => {
        goOn = resolve;
        outgoing.write(chunk, () => resolve());
      });
      request.onBytes?.();
    }
    outgoing.end();
  } catch (error) {
    outgoing.destroy();
    throw error;
  }
}

interface Conversation {
  readonly request: HttpRequest;
  readonly onAbort: () => void;
}

function toAnswer(
  incoming: Http.IncomingMessage,
  outgoing: Http.ClientRequest,
  { request, onAbort }: Conversation,
): HttpAnswer {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
        request.onBytes?.();
        yield chunk;
      }
      if (!incoming.complete) throw new Error("the answer broke off");
    } catch (error) {
      throw new TransportError(true, request.signal.aborted ? request.signal.reason : error);
    } finally {
      request.signal.removeEventListener("abort", onAbort);
      // Also where the service answered before it had the whole body: such a connection cannot be used again.
      if (!incoming.complete || !outgoing.writableEnded) outgoing.destroy();
    }
  }
  request.onBytes?.();
  return {
    status: incoming.statusCode ?? 0,
    header: (name) => single(incoming.headers[name]),
    body: chunks(),
  };
}

const single = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === "string" ? value : value?.join(", ");

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

function lengthOf(body: HttpRequest["body"]): Record<string, string> {
  if (body === undefined) return {};
  const sizeBytes = typeof body === "string" ? Buffer.byteLength(body) : body.sizeBytes;
  return { "content-length": String(sizeBytes) };
}
