import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Draft } from "../../src/job/media.ts";
import type { HttpService } from "../../src/nemo/http-service.ts";
import { replyJson, startLoopbackServer, type LoopbackServer } from "../support/loopback-server.ts";
import { failureOf, makeService, sessionRef } from "./service-fixture.ts";

let server: LoopbackServer;
let service: HttpService;

beforeEach(async () => {
  server = await startLoopbackServer(() => undefined);
  service = makeService(server.url);
});
afterEach(async () => {
  await service.close();
  await server.close();
});

const answer = (body: unknown, status = 200): void =>
  void (server.respond = (_, response) => replyJson(response, body, { status }));
const opaque = '{"t":[{"tt":0,"sg":[{"d":1.0,"id":12345678901234567890,"é":"\\u00e9"}]}]}';
const draft: Draft = { opaque, fingerprint: "f", ready: true, timeline: { durationMs: 1, tracks: [] } };
const start = (): Promise<void> =>
  service.startRender({ session: sessionRef, renderId: 'render_"1', draft, format: "webm", quality: "low" });

describe("startRender", () => {
  it("sends the draft to the byte as it came, under the id it was given", async () => {
    answer({ code: 0, data: { taskId: "1" } });
    await start();
    expect(server.seen[0]?.text).toBe(
      `{"id":"render_\\"1","sessionId":"${sessionRef.sessionId}","draft":${opaque},"output":{"format":"webm","quality":"low"}}`,
    );
  });

  it.each([
    [{ code: 400, message: "render id already exists" }, 200],
    [{ detail: "Task already exists" }, 409],
    [{ code: 5001, message: "duplicate id" }, 200],
  ])("takes a used id for a render that was started: %j, HTTP %d", async (body, status) => {
    answer(body, status);
    await start();
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    [{ code: 402 }, 402, "export-blocked"],
    [{ code: 400, message: "draft is broken" }, 400, "bad-request"],
    [{ code: 1002 }, 404, "session-lost"],
    ["oops", 500, "service-error"],
  ])("fails on %j with HTTP %d as %s", async (body, status, code) => {
    answer(body, status);
    expect(await failureOf(start())).toMatchObject({ code });
    expect(server.seen).toHaveLength(1);
  });
});

describe("readRender", () => {
  it.each([
    [
      { taskId: "1", status: "processing", progress: 50 },
      { status: "processing", share: 0.5 },
    ],
    [{ code: 0, data: { taskId: "1", status: "pending" } }, { status: "pending" }],
    [
      {
        success: true,
        data: { id: "1", status: "completed", progress: 100, outputUrl: "https://c.example/a" },
      },
      { status: "completed", share: 1, url: "https://c.example/a" },
    ],
    [
      { taskId: "1", status: "failed", error: "boom" },
      { status: "failed", message: "boom" },
    ],
  ])("%j", async (body, expected) => {
    answer(body);
    expect(await service.readRender(sessionRef, "render_1")).toEqual(expected);
    expect(server.seen[0]?.path).toBe("/api/render/proxy/lambda/render_1");
  });

  it("tells a render that the service does not know from one that failed", async () => {
    answer({ detail: "Not Found" }, 404);
    expect(await failureOf(service.readRender(sessionRef, "r"))).toMatchObject({
      code: "render-failed",
      sent: "rejected",
    });
    answer({ code: 0, data: {} });
    expect(await failureOf(service.readRender(sessionRef, "r"))).toMatchObject({ code: "bad-answer" });
  });
});

describe("links", () => {
  it("holds the claim token and nothing else", async () => {
    answer({ code: 0, data: { claim_token: "clm_1&x", expires_in: 600 } });
    expect(await service.claimLink(sessionRef)).toBe("https://web.example/workspace/claim?ct=clm_1%26x");
    expect(JSON.parse(server.seen[0]?.text ?? "")).toEqual({
      task_id: "task_1",
      session_id: sessionRef.sessionId,
    });
  });

  it.each([
    [{ code: 0, data: {} }, 200],
    [{ detail: "Not Found" }, 404],
    [{ code: 400 }, 400],
  ])("is the session's page where there is no claim token: %j", async (body, status) => {
    answer(body, status);
    const page = `https://web.example/workspace/task/task_1?session=${sessionRef.sessionId}`;
    expect(await service.claimLink(sessionRef)).toBe(page);
    expect(service.pageLink(sessionRef)).toBe(page);
  });

  it("fails where nobody can know", async () => {
    answer({ code: 429 }, 429);
    expect(await failureOf(service.claimLink(sessionRef))).toMatchObject({ code: "rate-limited" });
  });
});
