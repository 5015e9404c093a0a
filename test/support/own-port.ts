import { createServer } from "node:net";

let next = process.pid * 37;

/** A free port on loopback that no system gives out by itself: nobody takes it while its server is away. */
export async function ownPort(): Promise<number> {
  for (;;) {
    const port = 10_000 + (next++ % 20_000);
    if (await canListen(port)) return port;
  }
}

function canListen(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
