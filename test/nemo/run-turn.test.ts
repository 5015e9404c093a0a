import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import type { FailureFacts } from "../../src/base/failure.ts";
import { Failure } from "../../src/base/failure.ts";
import type { TurnClose } from "../../src/executor/ports.ts";
import type { Signal } from "../../src/job/event.ts";
import type { HttpService } from "../../src/nemo/http-service.ts";
import { ownPort } from "../support/own-port.ts";
import { startRawServer } from "../support/raw-server.ts";
import { makeService, sessionRef, timeouts } from "./service-fixture.ts";
import { proven } from "../support/proven.ts";

type Outcome = { readonly close: TurnClose } | { readonly thrown: FailureFacts };

// Short, so that what hangs ends; long enough for a busy machine.
const hasty = { ...timeouts, turnMs: 5000, idleMs: 1500, silenceMs: 3000 };

async function turn(
  service: HttpService,
  signal?: AbortSignal,
  onSignal: (one: Signal) => void = () => undefined,
): Promise<Outcome> {
  try {
    const request = { session: sessionRef, prompt: "Make a video – 点击", timeouts: hasty };
    return { close: await service.runTurn({ ...request, onSignal }, signal && { signal }) };
  } catch (error) {
    if (error instanceof Failure) return { thrown: error.facts };
    throw error;
  }
}

const answer =
  (status: string, body: string, headers = "content-type: application/json") =>
  (socket: Socket): void =>
    void socket.end(
      `HTTP/1.1 ${status}\r\n${headers}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
const streamHead = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
const piece = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const stream =
  (...texts: readonly string[]) =>
  (socket: Socket): void =>
    void socket.end(`${streamHead}${texts.map(piece).join("")}0\r\n\r\n`);
const hello = 'data: {"type":"text","content":"Hello."}\n\n';
const redirect = (status: string) => answer(status, "", "location: /run_sse");
const beats = (socket: Socket): void => {
  socket.write(streamHead);
  const timer = setInterval(() => socket.write(piece(": ping\n\n")), 50);
  socket.on("close", () => clearInterval(timer));
};

const closed = { close: { end: "closed" } };
const lost = { close: { end: "lost" } };
const thrown = (code: string, sent: string): object => ({ thrown: { code, sent } });

/** What a server may do with the one paid request, and what it must mean. */
const behaviours: readonly (readonly [string, (socket: Socket) => void, object])[] = [
  ["a stream that says something", stream(hello), { close: { end: "closed", texts: ["Hello."] } }],
  ["a stream that says nothing", stream(), closed],
  ["a stream of heartbeats that closes", stream(": ping\n\n", "data: {}\n\n"), closed],
  [
    "a stream with an error",
    stream('data: {"error":"boom"}\n\n'),
    { close: { end: "closed", failure: { code: "service-error" } } },
  ],
  [
    "a stream without credits",
    stream('data: {"error":"2001: insufficient credits"}\n\n'),
    { close: { end: "closed", failure: { code: "no-credits", sent: "maybe-sent" } } },
  ],
  [
    "a refusal in words",
    stream('data: {"type":"text","content":"You have insufficient credits."}\n\n'),
    { close: { failure: { code: "no-credits" } } },
  ],
  [
    "a stream with too many requests",
    stream('data: {"error":"429 Too Many Requests"}\n\n'),
    { close: { end: "closed", failure: { code: "rate-limited", sent: "maybe-sent" } } },
  ],
  [
    "a stream with a refusal as the other calls have it",
    stream('data: {"code":"2001","message":"no"}\n\n'),
    { close: { end: "closed", failure: { code: "no-credits" } } },
  ],
  [
    "a stream with too many requests that says for how long",
    (socket) =>
      void socket.end(
        `${streamHead.replace("\r\n\r\n", "\r\nretry-after: 2\r\n\r\n")}${piece('data: {"error":"429 Too Many Requests"}\n\n')}0\r\n\r\n`,
      ),
    { close: { failure: { code: "rate-limited", retryAfterMs: 2000 } } },
  ],
  [
    "a rate limit in words",
    stream('data: {"type":"text","content":"Rate limit exceeded, please wait."}\n\n'),
    { close: { failure: { code: "rate-limited" } } },
  ],
  ["a stream cut in an event", (socket) => socket.end(`${streamHead}${piece(hello.slice(0, 20))}`), lost],
  [
    "a stream reset",
    (socket) =>
      socket.write(`${streamHead}${piece(hello)}`, () => setTimeout(() => socket.resetAndDestroy(), 20)),
    lost,
  ],
  ["a stream that goes dumb", (socket) => void socket.write(streamHead), lost],
  ["a stream of heartbeats for ever", beats, { close: { end: "silent" } }],
  ["no answer at all", () => undefined, lost],
  ["a close without an answer", (socket) => void socket.end(), lost],
  ["a reset without an answer", (socket) => void socket.resetAndDestroy(), lost],
  ["half a head", (socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-ty"), lost],
  ["no HTTP", (socket) => void socket.end("SSH-2.0-OpenSSH_9\r\n"), lost],
  [
    "a body shorter than it says",
    (socket) =>
      void socket.end(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"code":2001}',
      ),
    lost,
  ],
  ["HTML", answer("200 OK", "<html>", "content-type: text/html"), lost],
  ["an empty 204", answer("204 No Content", ""), lost],
  ["a 500", answer("500 Internal Server Error", "oops"), lost],
  ["a 502 page", answer("502 Bad Gateway", "<html>", "content-type: text/html"), lost],
  ["a 503 with Retry-After", answer("503 Service Unavailable", "{}", "retry-after: 1"), lost],
  ["a 504", answer("504 Gateway Timeout", ""), lost],
  [
    "a 500 that names a code",
    answer("500 Internal Server Error", '{"code":1002}'),
    { close: { end: "lost", failure: { code: "session-lost" } } },
  ],
  ["a 408", answer("408 Request Timeout", ""), lost],
  ["a 409", answer("409 Conflict", '{"detail":"busy"}'), lost],
  ["a 301", redirect("301 Moved Permanently"), lost],
  ["a 302", redirect("302 Found"), lost],
  ["a 303", redirect("303 See Other"), lost],
  ["a 307", redirect("307 Temporary Redirect"), lost],
  ["a 308", redirect("308 Permanent Redirect"), lost],
  [
    "a 401 page",
    answer("401 Unauthorized", "<html>", "content-type: text/html"),
    { close: { end: "lost", failure: { code: "unauthorized" } } },
  ],
  ["an unknown code", answer("200 OK", '{"code":7777,"message":"odd"}'), lost],
  ["data instead of a stream", answer("200 OK", '{"code":0,"data":{}}'), lost],
  ["code 1001", answer("200 OK", '{"code":1001}'), thrown("unauthorized", "rejected")],
  ["code 1002", answer("404 Not Found", '{"code":1002}'), thrown("session-lost", "rejected")],
  [
    "a 404 with a detail",
    answer("404 Not Found", '{"detail":"Session not found"}'),
    thrown("session-lost", "rejected"),
  ],
  ["code 2001", answer("402 Payment Required", '{"code":2001}'), thrown("no-credits", "rejected")],
  ["code 403", answer("403 Forbidden", '{"detail":"scope"}'), thrown("scope-missing", "rejected")],
  [
    "code 429",
    answer("429 Too Many Requests", "", "retry-after: 7"),
    { thrown: { code: "rate-limited", sent: "rejected", retryAfterMs: 7000 } },
  ],
  [
    "a 422",
    answer("422 Unprocessable", '{"detail":[{"msg":"field required"}]}'),
    thrown("bad-request", "rejected"),
  ],
];

describe("H3: one turn is one POST, whatever the server does", () => {
  let posts = 0;
  it.each(behaviours)("%s", async (_, onRequest, expected) => {
    const times = 20;
    const server = await startRawServer({ onRequest });
    const service = makeService(server.url);
    try {
      const outcomes = await Promise.all(Array.from({ length: times }, () => turn(service)));
      for (const outcome of outcomes) expect(outcome).toMatchObject(expected);
      expect(server.requests).toBe(times);
      posts += server.requests;
    } finally {
      await service.close();
      await server.close();
    }
  });

  it("in all", () => {
    expect(behaviours.length).toBeGreaterThanOrEqual(30);
    expect(posts).toBe(behaviours.length * 20);
    proven("H3", `${behaviours.length} server behaviours × 20: ${posts} turns, ${posts} POSTs`);
  });
});

describe("what was not sent", () => {
  it("is a port on which nobody listens", async () => {
    const service = makeService(`http://127.0.0.1:${await ownPort()}`);
    const outcome = await turn(service);
    expect(outcome).toMatchObject({ thrown: { code: "unreachable", sent: "not-sent", transient: true } });
    await service.close();
  });

  it("is a name that does not exist", async () => {
    const service = makeService("http://no-such-host.invalid");
    expect(await turn(service)).toMatchObject({ thrown: { code: "unreachable", sent: "not-sent" } });
    await service.close();
  });

  it("is a turn that was stopped before it began", async () => {
    const server = await startRawServer({ onRequest: stream(hello) });
    const service = makeService(server.url);
    expect(await turn(service, AbortSignal.abort())).toMatchObject({
      thrown: { code: "interrupted", sent: "not-sent" },
    });
    expect(server.requests).toBe(0);
    await service.close();
    await server.close();
  });

  it("is a token that could not be had", async () => {
    const server = await startRawServer({ onRequest: answer("500 Internal Server Error", "") });
    const service = makeService(server.url, { token: "" });
    expect(await turn(service)).toMatchObject({ thrown: { code: "service-error", sent: "not-sent" } });
    expect(server.requests).toBe(1);
    await service.close();
    await server.close();
  });
});

it("a connection that is taken and closed at once may have been sent", async () => {
  const server = await startRawServer({ onConnect: (socket) => socket.destroy() });
  const service = makeService(server.url);
  expect(await turn(service)).toMatchObject(lost);
  await service.close();
  await server.close();
});

it("stopping in the middle leaves the turn to the service", async () => {
  const stop = new AbortController();
  const server = await startRawServer({
    onRequest: (socket) => void socket.write(`${streamHead}${piece(hello)}`),
  });
  const service = makeService(server.url);
  const signals: Signal[] = [];
  const stopAtFirst = (one: Signal): void => {
    signals.push(one);
    setTimeout(() => stop.abort());
  };
  expect(await turn(service, stop.signal, stopAtFirst)).toEqual({
    close: { end: "lost", texts: ["Hello."] },
  });
  expect(signals).toEqual([{ type: "agent-said", text: "Hello." }]);
  await service.close();
  await server.close();
});

it("sends the prompt as it stands, with token, skill and session", async () => {
  let seen = "";
  const server = await startRawServer({
    onRequest: (socket, request) => {
      seen = Buffer.from(request, "latin1").toString("utf8");
      stream(hello)(socket);
    },
  });
  const service = makeService(server.url);
  await turn(service);
  const [head = "", body = ""] = seen.split("\r\n\r\n");
  expect(head).toMatch(/^POST \/run_sse HTTP\/1\.1/);
  expect(head).toMatch(/accept: text\/event-stream/i);
  expect(head).toMatch(/authorization: Bearer nmv_secret_canary/i);
  expect(JSON.parse(body)).toEqual({
    app_name: "nemo_agent",
    user_id: "me",
    session_id: sessionRef.sessionId,
    new_message: { parts: [{ text: "Make a video – 点击" }] },
  });
  await service.close();
  await server.close();
});

it("a number is no refusal", async () => {
  const said = "A tribute to 2001: A Space Odyssey is ready.";
  const server = await startRawServer({ onRequest: stream(`data: {"type":"text","content":"${said}"}\n\n`) });
  const service = makeService(server.url);
  expect(await turn(service)).toEqual({ close: { end: "closed", texts: [said] } });
  await service.close();
  await server.close();
});

it("an agent that worked may talk about credits", async () => {
  const called = 'data: {"content":{"parts":[{"functionCall":{"name":"edit"}}]}}\n\n';
  const talk = 'data: {"type":"text","content":"There are not enough credits for a second clip."}\n\n';
  const server = await startRawServer({ onRequest: stream(called, talk) });
  const service = makeService(server.url);
  const outcome = await turn(service);
  expect(outcome).toEqual({
    close: { end: "closed", texts: ["There are not enough credits for a second clip."] },
  });
  await service.close();
  await server.close();
});
