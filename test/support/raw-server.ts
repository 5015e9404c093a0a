import { createServer, type AddressInfo, type Socket } from "node:net";

/** A server that speaks bytes: `behave` gets each connection, and the head and body of its request when it is there. */
export interface RawServer {
  readonly port: number;
  readonly url: string;
  /** Connections that sent at least one byte. */
  requests: number;
  close(): Promise<void>;
}

export interface RawBehaviour {
  /** As soon as somebody connects. */
  readonly onConnect?: (socket: Socket) => void;
  /** When a request of known length is there, whole. */
  readonly onRequest?: (socket: Socket, request: string) => void;
}

export async function startRawServer(behaviour: RawBehaviour): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    behaviour.onConnect?.(socket);
    let received = "";
    socket.on("data", (bytes: Buffer) => {
      if (received === "") raw.requests++;
      received += bytes.toString("latin1");
      const head = received.indexOf("\r\n\r\n");
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      if (head >= 0 && received.length >= head + 4 + length) behaviour.onRequest?.(socket, received);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  const raw: RawServer = {
    port,
    url: `http://127.0.0.1:${port}`,
    requests: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return raw;
}
