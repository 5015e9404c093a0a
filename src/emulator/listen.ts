import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Listening {
  server: Server;
  url: string;
  port: number;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on loopback that never cuts a long stream or a slow upload. Rejects when the port is taken. */
export function listen(port: number, handle: Handler): Promise<Listening> {
  const server = createServer(handle);
  // Node's own limit of 300 s would end a turn of 15 minutes.
  server.requestTimeout = 0;
  server.headersTimeout = 60_000;
  server.timeout = 0;
  // Longer than clients keep idle connections, so that none is closed under a request.
  server.keepAliveTimeout = 75_000;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const { port: bound } = server.address() as AddressInfo;
      server.off("error", reject);
      resolve({ server, port: bound, url: `http://127.0.0.1:${bound}` });
    });
  });
}
