import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exitCodes } from "../exit-code.ts";
import { Stop } from "../stop.ts";
import { guardRequest } from "./guard-request.ts";
import type { LoopbackAddress } from "./loopback-address.ts";

export interface HealthAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface HealthServer {
  readonly url: string;
  close(): Promise<void>;
}

export type HealthPages = Readonly<Record<string, () => Promise<HealthAnswer>>>;

/** Serves pages by their paths, on loopback, for reading only. Stops with exit 1 where the port is taken. */
export async function healthServer(
  { host, port }: LoopbackAddress,
  pages: HealthPages,
): Promise<HealthServer> {
  const server = createServer((request, response) => void answer(request, response));
  let bound = port;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, headers } = request;
    request.resume();
    const refused = guardRequest({ method, host: headers.host, origin: headers.origin }, bound);
    if (refused !== undefined)
      return send(response, { status: refused.status, type: plain, body: `${refused.why}\n` }, method);
    const page = pages[(request.url ?? "/").split("?", 1)[0] ?? "/"];
    const told = page === undefined ? notHere(pages) : await page().catch(troubled);
    send(response, told, method);
  };
  server.headersTimeout = 10_000;
  server.requestTimeout = 10_000;
  server.maxConnections = 50;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(taken(error, { host, port })));
    server.listen(port, host, resolve);
  });
  bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const plain = "text/plain; charset=utf-8";

function send(response: ServerResponse, answer: HealthAnswer, method: string | undefined): void {
  const { status, type, body } = answer;
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(status === 405 && { allow: "GET, HEAD" }),
  });
  response.end(method === "HEAD" ? undefined : body);
}

const notHere = (pages: HealthPages): HealthAnswer => ({
  status: 404,
  type: plain,
  body: `${Object.keys(pages).join("\n")}\n`,
});

const troubled = (): HealthAnswer => ({ status: 500, type: plain, body: "it cannot be told now\n" });

function taken(error: Error, { host, port }: LoopbackAddress): Error {
  if (!("code" in error) || (error.code !== "EADDRINUSE" && error.code !== "EACCES")) return error;
  const why = error.code === "EADDRINUSE" ? "is taken" : "may not be used";
  return new Stop(exitCodes.failed, `port ${port} on ${host} ${why}.`, {
    code: "port-taken",
    hint: "Name another with --health or health in the config.",
  });
}
