import { createServer, type Server } from "node:https";
import { connect, type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { directTransport } from "../../../src/nemo/transport/direct-transport.ts";
import { TransportError } from "../../../src/nemo/transport/http-exchange.ts";
import { openTunnel } from "../../../src/nemo/transport/open-tunnel.ts";
import { readWhole } from "../../../src/nemo/transport/read-whole.ts";
import { loopbackCertificate } from "../../support/loopback-certificate.ts";
import { ownPort } from "../../support/own-port.ts";
import { startRawServer, type RawServer } from "../../support/raw-server.ts";

let target: Server;
let targetPort = 0;

beforeAll(async () => {
  target = createServer(loopbackCertificate, (request, response) => {
    request
      .resume()
      .on("end", () => response.end(`${request.method} ${request.url} at ${request.headers.host}`));
  });
  await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", () => resolve()));
  targetPort = (target.address() as AddressInfo).port;
});
afterAll(() => new Promise<void>((resolve) => target.close(() => resolve())));

/** A proxy that tells what it was asked, and answers in two pieces. */
async function startProxy(answer: string): Promise<{ proxy: RawServer; asked: string[] }> {
  const asked: string[] = [];
  const proxy = await startRawServer({
    onConnect: (socket) =>
      socket.once("data", (bytes: Buffer) => {
        asked.push(bytes.toString());
        socket.write(answer.slice(0, 9));
        if (!answer.startsWith("HTTP/1.1 200")) return void socket.end(answer.slice(9));
        const onward = connect(targetPort, "127.0.0.1", () => {
          socket.write(answer.slice(9));
          socket.pipe(onward).pipe(socket);
        });
        onward.on("error", () => socket.destroy());
        socket.on("close", () => onward.destroy());
      }),
  });
  return { proxy, asked };
}

async function ask(proxy: string, signal = AbortSignal.timeout(2000)): Promise<string> {
  const transport = directTransport((url, stop) => openTunnel(new URL(proxy), url, stop));
  const url = new URL(`https://localhost:${targetPort}/x`);
  const answer = await transport.exchange({ method: "POST", url, headers: {}, body: "abc", signal });
  return readWhole(answer.body, 1000);
}

const failed = (promise: Promise<unknown>): Promise<TransportError> =>
  promise.then(
    () => Promise.reject(new Error("expected a failure")),
    (error: unknown) => (error instanceof TransportError ? error : Promise.reject(error as Error)),
  );

describe("openTunnel", () => {
  it("asks the proxy, with its password, and speaks TLS through it", async () => {
    const { proxy, asked } = await startProxy("HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n");
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      expect(await ask(`http://us%40er:pass@127.0.0.1:${proxy.port}`)).toBe(
        `POST /x at localhost:${targetPort}`,
      );
    } finally {
      delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    }
    const login = Buffer.from("us@er:pass").toString("base64");
    expect(asked).toEqual([
      `CONNECT localhost:${targetPort} HTTP/1.1\r\nHost: localhost:${targetPort}\r\nProxy-Authorization: Basic ${login}\r\n\r\n`,
    ]);
    await proxy.close();
  });

  it.each([
    ["an untrusted certificate behind it", "HTTP/1.1 200 OK\r\n\r\n", /self.signed/],
    ["a proxy that wants a password", "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", /407/],
    ["a proxy that is none", "SSH-2.0-x\r\n\r\n", /no HTTP/],
    ["a proxy that hangs up", "HTTP/1.1 ", /hung up/],
    ["a proxy that talks for ever", `HTTP/1.1 500 ${"x".repeat(40_000)}`, /no end|hung up/],
  ])("sends nothing through %s", async (_, answer, reason) => {
    const { proxy } = await startProxy(answer);
    const error = await failed(ask(`http://127.0.0.1:${proxy.port}`));
    expect(error.connected).toBe(false);
    expect(error.message).toMatch(reason);
    await proxy.close();
  });

  it("ends where the proxy is silent, or not there", async () => {
    const silent = await startRawServer({});
    const stopped = await failed(ask(`http://127.0.0.1:${silent.port}`, AbortSignal.timeout(100)));
    expect(stopped.connected).toBe(false);
    const absent = await failed(ask(`http://127.0.0.1:${await ownPort()}`));
    expect([absent.connected, absent.message]).toEqual([false, expect.stringContaining("ECONNREFUSED")]);
    await silent.close();
  });
});
