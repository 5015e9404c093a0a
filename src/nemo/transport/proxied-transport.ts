import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { Failure } from "../../base/failure.ts";
import { isBeforeConnect } from "./error-codes.ts";
import { extraTrust } from "./extra-trust.ts";
import { TransportError, type HttpAnswer, type HttpRequest, type Transport } from "./http-exchange.ts";

/**
 * HTTPS through a proxy: undici keeps the tunnel, the proxy's password and TLS inside it. It is loaded with the first
 * request, because it costs more than the rest of a start.
 *
 * Owns: connections through the proxy. Talks to: the proxy. Invariants: one call writes one request.
 */
export function proxiedTransport(proxy: string): Transport {
  let shared: Promise<Dispatcher> | undefined;
  const makeAgent = async (): Promise<Dispatcher> => {
    const { ProxyAgent } = await import("undici");
    const trust = extraTrust();
    const noTimeouts = { headersTimeout: 0, bodyTimeout: 0, connectTimeout: 0 };
    return new ProxyAgent({ uri: proxy, ...noTimeouts, requestTls: trust, proxyTls: trust });
  };
  return {
    exchange: async (request) => {
      if (request.fresh !== true) return send(request, await (shared ??= makeAgent()));
      const own = await makeAgent();
      try {
        const answer = await send(request, own);
        return { ...answer, body: closing(answer.body, own) };
      } catch (error) {
        release(own);
        throw error;
      }
    },
    close: async () => {
      if (shared !== undefined) release(await shared);
    },
  };
}

/** Bun's own edition of undici has no connections to end: its agents are names for settings. */
function release(agent: Partial<Dispatcher>): void {
  void agent.destroy?.();
}

async function send(request: HttpRequest, dispatcher: Dispatcher): Promise<HttpAnswer> {
  const { request: exchange } = await import("undici");
  let bodyFailure: Failure | undefined;
  async function* chunks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of source) {
        request.onConnected?.();
        request.onBytes?.();
        // The reader may use its buffer again while undici still holds the chunk.
        yield Uint8Array.from(chunk);
      }
    } catch (error) {
      if (error instanceof Failure) bodyFailure = error;
      throw error;
    }
  }
  const { body } = request;
  const streamed = typeof body === "object";
  try {
    const answer = await exchange(request.url, {
      method: request.method,
      headers: { ...request.headers, ...(streamed && { "content-length": String(body.sizeBytes) }) },
      body: streamed ? readable(chunks(body.chunks())) : (body ?? null),
      signal: request.signal,
      dispatcher,
    });
    request.onConnected?.();
    return {
      status: answer.statusCode,
      header: (name) => answer.headers[name]?.toString(),
      body: received(answer.body, request),
    };
  } catch (error) {
    if (bodyFailure !== undefined) throw bodyFailure;
    throw new TransportError(!isBeforeConnect(error), request.signal.aborted ? request.signal.reason : error);
  }
}

const readable = (chunks: AsyncIterable<Uint8Array>): Readable =>
  process.getBuiltinModule("node:stream").Readable.from(chunks, { objectMode: false });

async function* received(body: AsyncIterable<Uint8Array>, request: HttpRequest): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      request.onBytes?.();
      yield chunk;
    }
  } catch (error) {
    throw new TransportError(true, request.signal.aborted ? request.signal.reason : error);
  }
}

async function* closing(body: AsyncIterable<Uint8Array>, agent: Dispatcher): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    release(agent);
  }
}
