// A connection that has served a request breaks under the next one: one failure, and nothing is sent twice.
import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { directTransport } from "../../../src/nemo/transport/direct-transport.ts";
import { TransportError, type HttpRequest } from "../../../src/nemo/transport/http-exchange.ts";
import { readWhole } from "../../../src/nemo/transport/read-whole.ts";

const text = "a".repeat(4000);

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += 1000) yield Buffer.from(text.slice(at, at + 1000));
}

const bodies: readonly { readonly what: string; readonly body: NonNullable<HttpRequest["body"]> }[] = [
  { what: "a text", body: text },
  { what: "a stream", body: { sizeBytes: text.length, chunks: pieces } },
];

/** Answers what only reads; counts what is posted, and breaks off when it has come whole. */
async function startServer(): Promise<{ url: string; posts: () => number; close: () => void }> {
  const sockets = new Set<Socket>();
  let posts = 0;
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    let seen = "";
    socket.on("data", (bytes: Buffer) => {
      seen += bytes.toString("latin1");
      if (seen.startsWith("GET ")) {
        seen = "";
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
      } else if (seen.endsWith(text)) {
        posts += 1;
        setTimeout(() => socket.resetAndDestroy(), 20);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`,
    posts: () => posts,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describe("a connection that breaks under its second request", () => {
  it.each(bodies)("$what fails as maybe sent, and was sent once", async ({ body }) => {
    const server = await startServer();
    const transport = directTransport();
    const signal = AbortSignal.timeout(5000);
    const url = new URL(server.url);
    const first = await transport.exchange({ method: "GET", url, headers: {}, signal });
    expect(await readWhole(first.body, 100)).toBe("{}");
    const second = transport.exchange({ method: "POST", url, headers: {}, body, signal });
    const error = await second.then(() => undefined).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TransportError);
    expect(signal.aborted).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.posts()).toBe(1);
    await transport.close();
    server.close();
  });
});
