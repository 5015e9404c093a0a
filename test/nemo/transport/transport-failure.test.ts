import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { FailureFacts } from "../../../src/base/failure.ts";
import { openChannel, type Outgoing } from "../../../src/nemo/channel.ts";
import { chooseTransport, type Proxy } from "../../../src/nemo/transport/choose-transport.ts";
import { readWhole } from "../../../src/nemo/transport/read-whole.ts";
import { loopbackCertificate } from "../../support/loopback-certificate.ts";
import { ownPort } from "../../support/own-port.ts";
import { startRawServer, type RawBehaviour } from "../../support/raw-server.ts";
import { wallClock } from "../../support/wall-clock.ts";
import { failureOf } from "../service-fixture.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function rawServer(behaviour: RawBehaviour): Promise<{ port: number; requests(): number }> {
  const server = await startRawServer(behaviour);
  closers.push(() => server.close());
  return { port: server.port, requests: () => server.requests };
}

async function exchange(url: string, more: Partial<Outgoing> = {}, proxy?: Proxy): Promise<string> {
  const transport = chooseTransport(proxy);
  closers.push(() => transport.close());
  const channel = openChannel(transport, wallClock());
  const limits = { connect: 1500, idle: 1000, whole: 6000 };
  const incoming = await channel({
    method: "POST",
    url: new URL(url),
    headers: {},
    body: "x",
    limits,
    fresh: true,
    ...more,
  });
  try {
    return await readWhole(incoming.body, 10_000);
  } catch (error) {
    throw incoming.failure(error);
  } finally {
    incoming.deadlines.stop();
  }
}

const notSent: Partial<FailureFacts> = { code: "unreachable", sent: "not-sent", transient: true };
const maybeSent: Partial<FailureFacts> = { code: "unreachable", sent: "maybe-sent", transient: true };

describe("before the connection stands: not-sent", () => {
  it("nobody listens", async () => {
    const facts = await failureOf(exchange(`http://127.0.0.1:${await ownPort()}`));
    expect(facts).toMatchObject(notSent);
    expect(facts.message).toContain("nothing listens there");
    expect(facts.hint).toContain("NEMO_API_URL");
  });

  it("the name does not exist", async () => {
    expect(await failureOf(exchange("http://no-such-host.invalid"))).toMatchObject(notSent);
  });

  it("TLS meets a server that speaks something else", async () => {
    const server = await rawServer({
      onConnect: (socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"),
    });
    expect(await failureOf(exchange(`https://127.0.0.1:${server.port}`))).toMatchObject(notSent);
  });

  it("TLS meets a server that hangs up", async () => {
    const server = await rawServer({ onConnect: (socket) => socket.destroy() });
    expect(await failureOf(exchange(`https://127.0.0.1:${server.port}`))).toMatchObject(notSent);
  });

  it("TLS meets a server that says nothing", async () => {
    const server = await rawServer({});
    expect(await failureOf(exchange(`https://127.0.0.1:${server.port}`))).toMatchObject(notSent);
  });

  it("the certificate is not trusted", async () => {
    let requests = 0;
    const server = createTlsServer(loopbackCertificate, (_, response) => {
      requests++;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
    closers.push(() => new Promise((resolve) => server.close(() => resolve())));
    const facts = await failureOf(exchange(`https://localhost:${(server.address() as AddressInfo).port}`));
    expect(facts).toMatchObject(notSent);
    expect(facts.hint).toContain("NODE_EXTRA_CA_CERTS");
    expect(requests).toBe(0);
  });

  it("the peer lies in a private network where only the public one is meant", async () => {
    const server = await rawServer({});
    const facts = await failureOf(exchange(`http://127.0.0.1:${server.port}`, { publicOnly: true }));
    expect(facts).toMatchObject({ code: "unreachable", sent: "not-sent" });
    expect(server.requests()).toBe(0);
  });

  it("the caller stopped before", async () => {
    const server = await rawServer({});
    const signal = AbortSignal.abort();
    expect(await failureOf(exchange(`http://127.0.0.1:${server.port}`, { signal }))).toMatchObject({
      code: "interrupted",
      sent: "not-sent",
    });
    expect(server.requests()).toBe(0);
  });

  it("the proxy does not answer, or opens no tunnel", async () => {
    const https = `http://127.0.0.1:${await ownPort()}`;
    expect(await failureOf(exchange("https://api.example", {}, { https }))).toMatchObject(notSent);
    const proxy = await rawServer({
      onRequest: (socket) => void socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"),
    });
    const refusing = { https: `127.0.0.1:${proxy.port}` };
    expect(await failureOf(exchange("https://api.example", {}, refusing))).toMatchObject({
      sent: "not-sent",
    });
    expect(proxy.requests()).toBe(1);
  });
});

describe("after it: maybe-sent", () => {
  const head = "HTTP/1.1 200 OK\r\n";
  it.each<[string, RawBehaviour]>([
    ["closed at once", { onConnect: (socket) => socket.destroy() }],
    ["closed after the request", { onRequest: (socket) => void socket.end() }],
    ["reset after the request", { onRequest: (socket) => void socket.resetAndDestroy() }],
    ["no answer", {}],
    ["half a head", { onRequest: (socket) => void socket.end(head) }],
    ["no HTTP", { onRequest: (socket) => void socket.end("hello\r\n\r\n") }],
    ["a body cut short", { onRequest: (socket) => void socket.end(`${head}content-length: 9\r\n\r\nabc`) }],
    [
      "chunks cut short",
      { onRequest: (socket) => void socket.end(`${head}transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n`) },
    ],
    [
      "a body that stalls",
      { onRequest: (socket) => void socket.write(`${head}content-length: 9\r\n\r\nabc`) },
    ],
    [
      "a reset in the body",
      {
        onRequest: (socket) =>
          void socket.write(`${head}content-length: 9\r\n\r\nabc`, () =>
            setTimeout(() => socket.resetAndDestroy(), 20),
          ),
      },
    ],
  ])("%s", async (_, behaviour) => {
    const server = await rawServer(behaviour);
    expect(await failureOf(exchange(`http://127.0.0.1:${server.port}`))).toMatchObject(maybeSent);
    expect(server.requests()).toBeLessThanOrEqual(1);
  });

  it("stopped by the caller", async () => {
    const stop = new AbortController();
    const server = await rawServer({ onRequest: () => stop.abort() });
    expect(
      await failureOf(exchange(`http://127.0.0.1:${server.port}`, { signal: stop.signal })),
    ).toMatchObject({
      code: "interrupted",
      sent: "maybe-sent",
    });
  });

  it("a body longer than anybody wants", async () => {
    const server = await rawServer({
      onRequest: (socket) => void socket.end(`${head}content-length: 20000\r\n\r\n${"x".repeat(20_000)}`),
    });
    expect(await failureOf(exchange(`http://127.0.0.1:${server.port}`))).toMatchObject({
      code: "bad-answer",
    });
  });
});

describe("a tunnel through a proxy", () => {
  it("carries HTTPS, and HTTP goes around it", async () => {
    const tls = createTlsServer(loopbackCertificate, (request, response) => {
      request.resume().on("end", () => response.end(`over TLS to ${request.headers.host}`));
    });
    await new Promise<void>((resolve) => tls.listen(0, "127.0.0.1", () => resolve()));
    closers.push(() => new Promise((resolve) => tls.close(() => resolve())));
    const tlsPort = (tls.address() as AddressInfo).port;
    const { connect } = await import("node:net");
    const asked: string[] = [];
    const proxy = await rawServer({
      onConnect: (socket) =>
        socket.once("data", (bytes: Buffer) => {
          asked.push(bytes.toString().split("\r\n")[0] ?? "");
          const target = connect(tlsPort, "127.0.0.1", () => {
            socket.write("HTTP/1.1 200 OK\r\n\r\n");
            socket.pipe(target).pipe(socket);
          });
          target.on("error", () => socket.destroy());
          socket.on("close", () => target.destroy());
        }),
    });
    const plain = await rawServer({
      onRequest: (socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nplain"),
    });
    const through = { https: `http://127.0.0.1:${proxy.port}` };
    expect(await failureOf(exchange(`https://localhost:${tlsPort}/`, {}, through))).toMatchObject(notSent);
    expect(asked).toEqual([`CONNECT localhost:${tlsPort} HTTP/1.1`]);
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      const url = `https://localhost:${tlsPort}/`;
      expect(await exchange(url, {}, through)).toBe(`over TLS to localhost:${tlsPort}`);
      const body = { sizeBytes: 6, chunks: () => pieces("abc", "def") };
      expect(await exchange(url, { body }, through)).toMatch(/^over TLS/);
    } finally {
      delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    }
    expect(asked).toHaveLength(3);
    expect(await exchange(`http://127.0.0.1:${plain.port}/`, {}, through)).toBe("plain");
    expect(asked).toHaveLength(3);
    expect(
      await failureOf(exchange(`https://localhost:${tlsPort}/`, {}, { ...through, no: "localhost" })),
    ).toMatchObject(notSent);
    expect(asked).toHaveLength(3);
  });
});

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
