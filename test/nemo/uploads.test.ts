import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../src/base/failure.ts";
import type { ByteSource } from "../../src/executor/ports.ts";
import type { HttpService } from "../../src/nemo/http-service.ts";
import {
  replyJson,
  startLoopbackServer,
  type LoopbackServer,
  type SeenRequest,
} from "../support/loopback-server.ts";
import { startRawServer } from "../support/raw-server.ts";
import { bytesSource, failureOf, makeService, sessionRef } from "./service-fixture.ts";

let server: LoopbackServer;
let service: HttpService;

beforeEach(async () => {
  server = await startLoopbackServer((_, response) =>
    replyJson(response, { code: 0, data: { files: [{ filename: "taken.jpg" }] } }),
  );
  service = makeService(server.url);
});
afterEach(async () => {
  await service.close();
  await server.close();
});

const upload = (source: ByteSource, onSent?: (bytes: number) => void): Promise<{ name: string }> =>
  service.uploadFile({ session: sessionRef, source, ...(onSent && { onSent }) });

/** Head and content of the one part, as a server's parser would find them. */
function partOf({ body, headers }: SeenRequest): { head: string; content: Buffer } {
  const boundary =
    /^multipart\/form-data; boundary=(\S+)$/.exec(headers["content-type"] ?? "")?.[1] ?? "none";
  const split = body.indexOf("\r\n\r\n");
  const head = body.subarray(0, split).toString("utf8");
  expect(head.startsWith(`--${boundary}\r\n`)).toBe(true);
  expect(body.subarray(-boundary.length - 8).toString("latin1")).toBe(`\r\n--${boundary}--\r\n`);
  return { head, content: body.subarray(split + 4, body.length - boundary.length - 8) };
}

describe("uploadFile", () => {
  it.each([0, 1, 65_536, 1_000_003])("sends %d bytes as one part of known length", async (sizeBytes) => {
    const bytes = Buffer.alloc(sizeBytes, "0123456789\r\n--x");
    const sent: number[] = [];
    expect(await upload(bytesSource("a.JPG", bytes, 70_000), (count) => sent.push(count))).toEqual({
      name: "taken.jpg",
    });
    const [request] = server.seen;
    if (request === undefined) throw new Error("nothing was sent");
    expect(request.path).toBe(`/api/upload-video/nemo_agent/me/${sessionRef.sessionId}`);
    expect(Number(request.headers["content-length"])).toBe(request.sizeBytes);
    expect(request.headers["transfer-encoding"]).toBeUndefined();
    const { head, content } = partOf(request);
    expect(head).toContain('Content-Disposition: form-data; name="files"; filename="a.JPG"');
    expect(head).toContain("Content-Type: image/jpeg");
    expect(content.equals(bytes)).toBe(true);
    expect(sent).toEqual([...sent].sort((left, right) => left - right));
    expect(sent.at(-1) ?? 0).toBe(sizeBytes);
  });

  it.each([
    ["Größe 点击.mp4", 'filename="Größe 点击.mp4"', "video/mp4"],
    ['a"b.png', 'filename="a%22b.png"', "image/png"],
    ["a\r\nX-Evil: 1.gif", 'filename="a%0D%0AX-Evil: 1.gif"', "image/gif"],
    ["noextension", 'filename="noextension"', "application/octet-stream"],
    ["back\\slash.wav", 'filename="back\\slash.wav"', "audio/wav"],
  ])("names %j so that it cannot break out", async (name, expected, type) => {
    await upload(bytesSource(name, Buffer.from("x")));
    const { head } = partOf(server.seen[0] as SeenRequest);
    expect(head).toContain(expected);
    expect(head).toContain(`Content-Type: ${type}`);
    expect(head.split("\r\n")).toHaveLength(3);
  });

  it.each([
    ["shorter", 90],
    ["longer", 110],
  ])("notices a file that became %s meanwhile, and sends no whole request", async (_, actual) => {
    const source = { ...bytesSource("a.jpg", Buffer.alloc(actual), 50), sizeBytes: 100 };
    expect(await failureOf(upload(source))).toMatchObject({ code: "file-changed" });
    expect(server.seen).toHaveLength(0);
  });

  it("passes on what the reader says, and closes the file", async () => {
    let closed = 0;
    const source: ByteSource = {
      name: "a.jpg",
      sizeBytes: 1000,
      async *open() {
        try {
          yield Buffer.alloc(10);
          throw new Failure({ code: "file-unreadable", message: "gone", sent: "not-sent" });
        } finally {
          closed++;
        }
      },
    };
    expect(await failureOf(upload(source))).toMatchObject({ code: "file-unreadable", message: "gone" });
    expect(closed).toBe(1);
  });

  it.each([
    [{ code: 4001 }, 200, "file-refused"],
    [{ code: 4002 }, 413, "file-too-large"],
    [{ detail: "Session not found" }, 404, "session-lost"],
    [{ code: 0, data: { files: [] } }, 200, "file-refused"],
  ])("is refused by %j with HTTP %d as %s", async (body, status, code) => {
    server.respond = (_, response) => replyJson(response, body, { status });
    expect(await failureOf(upload(bytesSource("a.xyz", Buffer.from("x"))))).toMatchObject({ code });
  });

  it.each([
    ["before its end", "head", "not-sent"],
    ["behind its end", "whole", "maybe-sent"],
  ])("a connection that is lost %s leaves it %s", async (_, until, sent) => {
    const rude = await startRawServer({
      onConnect: (socket) =>
        socket.on("data", (bytes: Buffer) => {
          if (until === "head" || bytes.includes("--\r\n", bytes.length - 4)) socket.resetAndDestroy();
        }),
    });
    const source = bytesSource("big.mp4", Buffer.alloc(20_000_000), 100_000);
    const cut = makeService(rude.url).uploadFile({ session: sessionRef, source });
    expect(await failureOf(cut)).toMatchObject({ code: "unreachable", sent, transient: true });
    await rude.close();
  });

  it("stops sending where the service answers before it has the file", async () => {
    const body = '{"code":4002}';
    const answer = `HTTP/1.1 413 Too Large\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const early = await startRawServer({
      onConnect: (socket) => socket.once("data", () => socket.write(answer)),
    });
    const hasty = makeService(early.url);
    let read = 0;
    let closed = 0;
    const source: ByteSource = {
      name: "big.mp4",
      sizeBytes: 400 * 1_000_000,
      async *open() {
        try {
          for (; read < 400; read++) {
            yield Buffer.alloc(1_000_000);
            await new Promise((resolve) => setTimeout(resolve, 2));
          }
        } finally {
          closed++;
        }
      },
    };
    expect(await failureOf(hasty.uploadFile({ session: sessionRef, source }))).toMatchObject({
      code: "file-too-large",
    });
    expect(read).toBeLessThan(400);
    expect(closed).toBe(1);
    await hasty.close();
    await early.close();
  });

  it("asks for the next chunk only when the one before has left: its buffer is used again", async () => {
    const buffer = Buffer.alloc(1024 * 1024);
    const pieces = 12;
    const source: ByteSource = {
      name: "a.mp4",
      sizeBytes: pieces * buffer.byteLength,
      async *open() {
        for (let index = 0; index < pieces; index++) yield buffer.fill(index + 1);
      },
    };
    await upload(source);
    const [request] = server.seen;
    if (request === undefined) throw new Error("nothing was sent");
    const { content } = partOf(request);
    for (let index = 0; index < pieces; index++) {
      const piece = content.subarray(index * buffer.byteLength, (index + 1) * buffer.byteLength);
      expect(piece.equals(Buffer.alloc(buffer.byteLength, index + 1))).toBe(true);
    }
  });

  it("stops when the caller stops", async () => {
    const stop = new AbortController();
    const source: ByteSource = {
      name: "a.mp4",
      sizeBytes: 1_000_000_000,
      async *open() {
        for (;;) {
          yield Buffer.alloc(100_000);
          if (!stop.signal.aborted) stop.abort();
        }
      },
    };
    const stopped = service.uploadFile({ session: sessionRef, source }, { signal: stop.signal });
    expect(await failureOf(stopped)).toMatchObject({ code: "interrupted" });
  });
});

it("uploadUrl leaves the fetching to the service", async () => {
  expect(await service.uploadUrl({ session: sessionRef, url: "https://x.example/a.jpg?k=1" })).toEqual({
    name: "taken.jpg",
  });
  expect(JSON.parse(server.seen[0]?.text ?? "")).toEqual({
    urls: ["https://x.example/a.jpg?k=1"],
    source_type: "url",
  });
  server.respond = (_, response) => replyJson(response, { code: 0, data: {} });
  expect(await service.uploadUrl({ session: sessionRef, url: "https://x.example/dir/b.mp4?k=1" })).toEqual({
    name: "b.mp4",
  });
});
