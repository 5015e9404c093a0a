import { afterEach, describe, expect, it } from "vitest";
import {
  replyJson,
  replyStream,
  startLoopbackServer,
  type LoopbackServer,
  type Respond,
} from "../support/loopback-server.ts";
import {
  bytesSource,
  failureOf,
  makeService,
  memoryCredentials,
  memorySink,
  sessionRef,
  timeouts,
} from "./service-fixture.ts";
import type { HttpService } from "../../src/nemo/http-service.ts";
import type { Draft } from "../../src/job/media.ts";

let server: LoopbackServer;
let service: HttpService;
let users: string[] = [];

async function start(respond: Respond, token = ""): Promise<void> {
  let grants = 0;
  server = await startLoopbackServer((request, response) => {
    if (request.path !== "/api/auth/anonymous-token") return respond(request, response);
    const user_id = users[Math.min(grants, users.length - 1)];
    return replyJson(response, { code: 0, data: { token: `token_${++grants}`, credits: 100, user_id } });
  });
  service = makeService(server.url, { token, credentials: memoryCredentials("client_1") });
}

afterEach(async () => {
  users = [];
  await service.close();
  await server.close();
});

/** Takes the second token only. */
const secondOnly: Respond = (request, response) => {
  if (request.headers.authorization !== "Bearer token_2")
    return replyJson(response, { code: 1001 }, { status: 401 });
  if (request.path.includes("/credits/"))
    return replyJson(response, { code: 0, data: { available: 1, frozen: 0, total: 1 } });
  if (request.path.includes("/tasks/"))
    return replyJson(response, { code: 0, data: { task_id: "t", session_id: "1" } });
  if (request.path.includes("/state/")) return replyJson(response, { code: 0, data: { state: {} } });
  if (request.path.includes("/upload-video/"))
    return replyJson(response, { code: 0, data: { files: [{ filename: "a" }] } });
  if (request.path.endsWith("/download"))
    return void response.writeHead(200, { "content-type": "video/mp4" }).end("m");
  if (request.path.includes("/lambda/")) return replyJson(response, { taskId: "r", status: "pending" });
  if (request.path.includes("claim")) return replyJson(response, { code: 0, data: { claim_token: "clm_1" } });
  if (request.path === "/run_sse") {
    replyStream(response);
    return void response.end();
  }
  return replyJson(response, { code: 0, data: {} });
};

const draft: Draft = {
  opaque: '{"t":[]}',
  fingerprint: "f",
  ready: false,
  timeline: { durationMs: 0, tracks: [] },
};
const turnOf = (one: HttpService): Promise<unknown> =>
  one.runTurn({ session: sessionRef, prompt: "p", timeouts, onSignal: () => undefined });

const safeCalls: readonly (readonly [string, string, string, (one: HttpService) => Promise<unknown>])[] = [
  ["credits", "GET", "/api/credits/balance/simple", (one) => one.credits()],
  [
    "openSession",
    "POST",
    "/api/tasks/me/with-session/nemo_agent",
    (one) => one.openSession({ skill: sessionRef.skill, language: "en" }),
  ],
  [
    "readDraft",
    "GET",
    `/api/state/nemo_agent/me/${sessionRef.sessionId}/latest`,
    (one) => one.readDraft(sessionRef),
  ],
  [
    "uploadFile",
    "POST",
    `/api/upload-video/nemo_agent/me/${sessionRef.sessionId}`,
    (one) => one.uploadFile({ session: sessionRef, source: bytesSource("a.jpg", Buffer.from("abc")) }),
  ],
  [
    "uploadUrl",
    "POST",
    `/api/upload-video/nemo_agent/me/${sessionRef.sessionId}`,
    (one) => one.uploadUrl({ session: sessionRef, url: "https://x.example/a.jpg" }),
  ],
  [
    "startRender",
    "POST",
    "/api/render/proxy/lambda",
    (one) => one.startRender({ session: sessionRef, renderId: "r", draft, format: "mp4", quality: "high" }),
  ],
  ["readRender", "GET", "/api/render/proxy/lambda/r", (one) => one.readRender(sessionRef, "r")],
  [
    "download",
    "GET",
    "/api/render/proxy/r/download",
    (one) => one.download({ session: sessionRef, renderId: "r", openSink: memorySink().openSink }),
  ],
  ["claimLink", "POST", "/api/auth/claim-token", (one) => one.claimLink(sessionRef)],
];

describe("a bad anonymous token", () => {
  it.each(safeCalls)("is renewed once for %s, and the call made again", async (_, method, path, call) => {
    await start(secondOnly);
    await call(service);
    expect(server.count("POST", "/api/auth/anonymous-token")).toBe(2);
    expect(server.count(method, path)).toBe(2);
    for (const request of server.seen.filter((one) => one.path.includes("anonymous-token"))) {
      expect(request.headers["x-client-id"]).toBe("client_1");
      expect(request.headers.authorization).toBeUndefined();
    }
  });

  it("is not renewed a second time for one call", async () => {
    await start((_, response) => replyJson(response, { code: 1001 }));
    expect(await failureOf(service.credits())).toMatchObject({ code: "unauthorized" });
    expect(server.count("GET", "/api/credits/balance/simple")).toBe(2);
    expect(server.count("POST", "/api/auth/anonymous-token")).toBe(2);
  });

  it("never sends a turn again: the refusal is told, and the next turn has the new token", async () => {
    await start(secondOnly);
    expect(await failureOf(turnOf(service))).toMatchObject({
      code: "unauthorized",
      sent: "rejected",
      transient: true,
    });
    expect(server.count("POST", "/run_sse")).toBe(1);
    expect(await turnOf(service)).toEqual({ end: "closed", texts: [] });
    expect(server.seen.at(-1)?.headers.authorization).toBe("Bearer token_2");
  });

  it("of another account stops the session that the first one paid for", async () => {
    users = ["anon_1", "anon_2"];
    await start(secondOnly);
    expect(await failureOf(service.readDraft(sessionRef))).toMatchObject({ code: "account-changed" });
    expect(server.count("GET", `/api/state/nemo_agent/me/${sessionRef.sessionId}/latest`)).toBe(1);
    expect(await failureOf(turnOf(service))).toMatchObject({ code: "account-changed", sent: "rejected" });
    expect(server.count("POST", "/run_sse")).toBe(0);
    await expect(service.readDraft({ ...sessionRef, sessionId: "2" })).resolves.toBeUndefined();
  });
});

describe("a bad NEMO_TOKEN", () => {
  it.each(safeCalls.filter(([name]) => name !== "claimLink"))(
    "stops %s and says so",
    async (_, method, path, call) => {
      await start(secondOnly, "nmv_bad");
      const facts = await failureOf(call(service));
      expect(facts).toMatchObject({ code: "unauthorized", sent: "rejected" });
      expect(facts.message).toContain("NEMO_TOKEN");
      expect(facts.message).not.toContain("nmv_bad");
      expect(server.count(method, path)).toBe(1);
      expect(server.count("POST", "/api/auth/anonymous-token")).toBe(0);
    },
  );

  it("stops a turn", async () => {
    await start(secondOnly, "nmv_bad");
    const facts = await failureOf(turnOf(service));
    expect(facts).toMatchObject({ code: "unauthorized", sent: "rejected" });
    expect(facts.transient).toBeUndefined();
  });
});
