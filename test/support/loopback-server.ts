import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it arrived, its body whole (the first 16 MiB of it). */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly text: string;
  readonly body: Buffer;
  readonly sizeBytes: number;
}

export type Respond = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

/** A server on loopback that answers as a test says, and remembers what it saw. */
export interface LoopbackServer {
  readonly url: string;
  readonly port: number;
  readonly seen: SeenRequest[];
  respond: Respond;
  /** What it saw at one address, by method and path without query. */
  count(method: string, path: string): number;
  close(): Promise<void>;
}

const keptBytes = 16 * 1024 * 1024;

export async function startLoopbackServer(respond: Respond): Promise<LoopbackServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    incoming.on("data", (chunk: Buffer) => {
      sizeBytes += chunk.byteLength;
      if (sizeBytes <= keptBytes) chunks.push(chunk);
    });
    incoming.on("error", () => undefined);
    response.on("error", () => undefined);
    incoming.on("end", () => {
      const body = Buffer.concat(chunks);
      const request: SeenRequest = {
        method: incoming.method ?? "",
        path: incoming.url ?? "",
        headers: incoming.headers,
        rawHeaders: incoming.rawHeaders,
        text: body.toString("utf8"),
        body,
        sizeBytes,
      };
      seen.push(request);
      void loopback.respond(request, response);
    });
  });
  server.requestTimeout = 0;
  await listening(server);
  const { port } = server.address() as AddressInfo;
  const loopback: LoopbackServer = {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    respond,
    count: (method, path) =>
      seen.filter((request) => request.method === method && request.path.split("?")[0] === path).length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return loopback;
}

const listening = (server: Server): Promise<void> =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve()));

/** Answers with JSON: a text as it stands, anything else written as JSON. */
export function replyJson(
  response: ServerResponse,
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(text);
}

/** Opens an event stream and writes what is given; the test goes on with `response` itself. */
export function replyStream(response: ServerResponse, ...pieces: readonly (string | Uint8Array)[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  for (const piece of pieces) response.write(piece);
}
