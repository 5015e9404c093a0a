import { afterEach, expect, it } from "vitest";
import { type Local, openLocal, saidIn, turnBody, until } from "./local-client.ts";

let local: Local;
const start = async (faults: string): Promise<void> => {
  local = await openLocal({ faults, credits: 1000 });
};
afterEach(() => local.emulator.close());

const prompt = "make a video of a forest";
const accepted = (): number => local.emulator.ledger.turns.length;

it("late: the turn is accepted although the client has gone", async () => {
  await start("late=2000");
  await expect(local.turn(prompt, 600)).rejects.toThrow("timeout");
  expect(accepted()).toBe(0);
  await until(async () => accepted() === 1);
  expect((await local.settled()).t.length).toBe(3);
});

it.each([
  ["cut", 1],
  ["cut-after", 1],
  ["cut-before", 0],
])("%s: the connection breaks, and %d turn was accepted", async (fault, count) => {
  await start(fault);
  const answer = await local.turn(prompt).catch(() => "reset" as const);
  expect(answer === "reset" || answer.broken).toBe(true);
  expect(accepted()).toBe(count);
  if (count === 1) expect((await local.settled()).t.length).toBe(3);
  else expect(await local.draft()).toBeNull();
});

it.each([
  ["hung", 1],
  ["hung-before", 0],
])("%s: not one byte, and %d turn was accepted", async (fault, count) => {
  await start(fault);
  await expect(local.turn(prompt, 800)).rejects.toThrow("timeout");
  expect(accepted()).toBe(count);
});

it("heartbeats-only: the stream lives on without a word; the work is done", async () => {
  await start("heartbeats-only");
  const running = local.turn(prompt).catch(() => undefined);
  await until(async () => local.emulator.ledger.turns[0]?.settledAtMs !== undefined);
  expect((await local.draft()).t.length).toBe(3);
  await local.emulator.close();
  const answer = await running;
  expect(answer?.text).toMatch(/heartbeat/);
  expect(saidIn(answer?.text ?? "")).toBe("");
});

it("silent, talkative, temporary-issue, no-final, crlf and split-bytes shape the stream", async () => {
  await start("silent@1,temporary-issue@2,no-final@3,crlf@4,split-bytes@5,talkative@4+");
  const streams: string[] = [];
  for (const text of [prompt, "make it 9:16", "make it 5 seconds", "make it 1:1", "make it 4:5"]) {
    streams.push((await local.turn(text)).text);
    await local.settled();
  }
  expect(saidIn(streams[0]!)).toBe("");
  expect(saidIn(streams[1]!)).toMatch(/temporary issue/);
  expect(saidIn(streams[2]!)).toBe("");
  expect(streams[3]).toMatch(/\r\n\r\n/);
  expect(saidIn(streams[3]!)).toMatch(/the aspect ratio/);
  expect(saidIn(streams[4]!)).toMatch(/the aspect ratio/);
  expect(accepted()).toBe(5);
});

it("question: asked back, nothing accepted, nothing charged", async () => {
  await start("question@1");
  expect(saidIn((await local.turn(prompt)).text)).toMatch(/\?$/);
  expect(accepted()).toBe(0);
  expect(await local.draft()).toBeNull();
});

it("early-release: the credits are taken before the second stage", async () => {
  await start("early-release,second-stage=1500");
  await local.turn(prompt);
  expect(await local.credits()).toMatchObject({ available: 900, frozen: 0 });
  expect((await local.draft()).t.length).toBe(1);
  await until(async () => (await local.draft()).t.length === 3);
});

it("stale-state: reads lag behind", async () => {
  await start("stale-state=1500");
  await local.turn(prompt);
  expect(await local.draft()).toBeNull();
  await until(async () => (await local.draft())?.t.length === 3);
});

it("code-…: in every shape, and nothing is accepted", async () => {
  await start("code-2001@1,code-2001=status@2,code-2001=detail@3,code-2001=line@4,code-2001=text@5");
  const answers = [];
  for (let nth = 0; nth < 5; nth += 1) answers.push(await local.turn(prompt));
  expect(answers.map(({ status }) => status)).toEqual([200, 402, 402, 200, 200]);
  expect(answers[0]!.body).toMatchObject({ code: 2001, message: expect.any(String) });
  expect(answers[1]!.body).toMatchObject({ code: 2001 });
  expect(answers[2]!.body).toEqual({ detail: "insufficient credits" });
  expect(answers[3]!.text).toMatch(/^data: \{"error":".*2001/m);
  expect(saidIn(answers[4]!.text)).toMatch(/2001/);
  expect(accepted()).toBe(0);
});

it("every code, status, redirect and page comes on any call it is asked for", async () => {
  const codes = [1001, 1002, 2001, 4001, 4002, 400, 402, 403, 429];
  const statuses = [404, 408, 409, 500, 502, 503, 504];
  const faults = [
    ...codes.map((code) => `code-${code}`),
    ...statuses.map((status) => `http-${status}`),
    "redirect",
    "not-json",
  ];
  await start(faults.map((fault, index) => `${fault}:credits@${index + 1}`).join(","));
  for (const code of codes)
    expect((await local.get("/api/credits/balance/simple")).body).toMatchObject({ code });
  for (const status of statuses) expect((await local.get("/api/credits/balance/simple")).status).toBe(status);
  const moved = await local.get("/api/credits/balance/simple");
  expect([moved.status, new URL(String(moved.headers["location"])).origin === local.url]).toEqual([
    307,
    false,
  ]);
  expect((await local.get("/api/credits/balance/simple")).text).toMatch(/<!doctype html>/);
  expect((await local.get("/api/credits/balance/simple")).body).toMatchObject({ code: 0 });
});

it.each(["http-500-after", "http-502-after", "http-503-after", "http-504-after"])(
  "%s: accepted all the same",
  async (fault) => {
    await start(fault);
    expect((await local.turn(prompt)).status).toBe(Number(fault.slice(5, 8)));
    expect(accepted()).toBe(1);
  },
);

it("rate-limit: HTTP 429 with Retry-After in every shape", async () => {
  const own = "rate-limit@1,rate-limit=date@2,rate-limit=garbage@3,rate-limit=7@4";
  await start(`${own},code-429@5,rate-limit=body@6,rate-limit=line@7`);
  const after: unknown[] = [];
  for (let nth = 0; nth < 7; nth += 1) after.push((await local.turn(prompt)).headers["retry-after"]);
  expect(after).toEqual(["1", expect.stringMatching(/GMT$/), "soon", "7", undefined, "0", "0"]);
});

it("expired-token: 1001 from then on, and a new token leads to the same account", async () => {
  await start("expired-token:turn@1");
  expect((await local.turn(prompt)).body).toMatchObject({ code: 1001 });
  expect((await local.get("/api/credits/balance/simple")).body).toMatchObject({ code: 1001 });
  const fresh = await local.post("/api/auth/anonymous-token", {}, { headers: { "x-client-id": "tester" } });
  const headers = { authorization: `Bearer ${String(fresh.body.data.token)}` };
  expect((await local.post("/run_sse", turnBody(local.session, prompt), { headers })).text).toMatch(/ready/);
});

it("lost-session: 1002 from then on", async () => {
  await start("lost-session@2");
  await local.turn(prompt);
  expect((await local.turn("make it 9:16")).body).toMatchObject({ code: 1002 });
  expect((await local.get(`/api/state/nemo_agent/me/${local.session}/latest`)).body).toMatchObject({
    code: 1002,
  });
});

it("error-shape: the backend's own errors as HTTP statuses", async () => {
  await start("error-shape=status");
  const lost = await local.post("/run_sse", turnBody("1".repeat(19), prompt));
  expect([lost.status, lost.body.code]).toEqual([404, 1002]);
});

it("token-quota: one token per client", async () => {
  await start("token-quota");
  const again = await local.post("/api/auth/anonymous-token", {}, { headers: { "x-client-id": "tester" } });
  expect(again.body).toMatchObject({ code: 429 });
  const other = await local.post("/api/auth/anonymous-token", {}, { headers: { "x-client-id": "other" } });
  expect(other.body).toMatchObject({ code: 0 });
});

it("slow: the answer takes its time", async () => {
  await start("slow:credits=150");
  const startMs = performance.now();
  await local.credits();
  expect(performance.now() - startMs).toBeGreaterThan(140);
});

it("hung and cut-after on other calls: done, and the answer lost", async () => {
  await start("cut-after:session@2,hung:session@3");
  const open = (): Promise<unknown> =>
    local.post("/api/tasks/me/with-session/nemo_agent", {}, { timeoutMs: 800 });
  await expect(open()).rejects.toThrow(/hang up|reset|closed/i);
  await expect(open()).rejects.toThrow("timeout");
  expect(local.emulator.ledger.sessions.length).toBe(3);
});
