import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  replyJson,
  replyStream,
  startLoopbackServer,
  type LoopbackServer,
  type SeenRequest,
} from "../support/loopback-server.ts";
import { proven } from "../support/proven.ts";
import {
  bytesSource,
  failureOf,
  makeService,
  memoryCredentials,
  memorySink,
  sessionRef,
  timeouts,
} from "./service-fixture.ts";

const canary = "nmv_secret_canary";
let api: LoopbackServer;
let other: LoopbackServer;
/** What the other origin was asked, test by test. */
const asked: (readonly SeenRequest[])[] = [];

beforeEach(async () => {
  api = await startLoopbackServer(() => undefined);
  other = await startLoopbackServer(
    (_, response) => void response.writeHead(200, { "content-type": "video/mp4" }).end("movie"),
  );
});
afterEach(async () => {
  asked.push(other.seen);
  await Promise.all([api.close(), other.close()]);
});

/** Everything of ours that a request could give away. */
function secretsIn(request: SeenRequest): string[] {
  const names = [
    "authorization",
    "cookie",
    "x-client-id",
    "x-skill-source",
    "x-skill-version",
    "x-skill-platform",
  ];
  const found = names.filter((name) => request.headers[name] !== undefined);
  const whole = `${request.path}\n${request.rawHeaders.join("\n")}\n${request.text}`;
  return whole.includes(canary) || whole.includes("client_1") ? [...found, "canary"] : found;
}

const fetchFile = (url: string | undefined): Promise<string> => {
  const service = makeService(api.url);
  const sink = memorySink();
  return service
    .download({
      session: sessionRef,
      renderId: "r",
      ...(url !== undefined && { url }),
      openSink: sink.openSink,
    })
    .then(() => sink.bytes().toString())
    .finally(() => service.close());
};
const failing = (): void =>
  void (api.respond = (_, response) => replyJson(response, { detail: "no" }, { status: 404 }));

describe("another origin gets nothing of ours", () => {
  it.each<[string, () => string]>([
    ["the file's address", () => `${other.url}/a.mp4?x=1`],
    ["the same host, another port", () => `http://127.0.0.1:${other.port}/a.mp4`],
    ["another name of the same host", () => `http://localhost:${other.port}/a.mp4`],
    ["a password in the address", () => `http://${canary}:${canary}@127.0.0.1:${other.port}/a.mp4`],
  ])("%s", async (_, url) => {
    failing();
    // `localhost` may mean ::1 only: then nobody answers, and the fallback fails too.
    await fetchFile(url()).catch(() => undefined);
    for (const request of other.seen) expect(secretsIn(request)).toEqual([]);
    expect(other.seen.length).toBeLessThanOrEqual(1);
  });

  it.each([301, 302, 303, 307, 308])("a %d of the download leads there without them", async (status) => {
    api.respond = (_, response) => void response.writeHead(status, { location: `${other.url}/a.mp4` }).end();
    expect(await fetchFile(undefined)).toBe("movie");
    expect(api.seen.map(secretsIn)).toEqual([
      ["authorization", "x-skill-source", "x-skill-version", "x-skill-platform", "canary"],
    ]);
    expect(other.seen.map(secretsIn)).toEqual([[]]);
  });

  it("and once there, no redirect leads back to where they count", async () => {
    other.respond = (_, response) =>
      void response.writeHead(302, { location: `${api.url}/api/credits/balance/simple` }).end();
    failing();
    await failureOf(fetchFile(`${other.url}/a.mp4`));
    expect(api.seen.map((request) => request.path)).toEqual(["/api/render/proxy/r/download"]);
  });

  it.each([301, 302, 303, 307, 308])("no call follows a %d there", async (status) => {
    api.respond = (_, response) => void response.writeHead(status, { location: `${other.url}/x` }).end();
    const service = makeService(api.url);
    const bytes = bytesSource("a.jpg", Buffer.from("abc"));
    const outcomes = await Promise.allSettled([
      service.credits(),
      service.openSession({ skill: sessionRef.skill, language: "en" }),
      service.readDraft(sessionRef),
      service.readRender(sessionRef, "r"),
      service.uploadFile({ session: sessionRef, source: bytes }),
      service.uploadUrl({ session: sessionRef, url: "https://x.example/a.jpg" }),
    ]);
    for (const outcome of outcomes) expect(outcome.status).toBe("rejected");
    const close = await service.runTurn({
      session: sessionRef,
      prompt: canary,
      timeouts,
      onSignal: () => undefined,
    });
    expect(close.end).toBe("lost");
    expect(api.seen).toHaveLength(7);
    expect(other.seen).toHaveLength(0);
    await service.close();
  });

  it("a GET follows a redirect on the service's own origin, a POST does not", async () => {
    api.respond = (request, response) =>
      request.path.endsWith("/moved")
        ? replyJson(response, { code: 0, data: { available: 5 } })
        : void response.writeHead(307, { location: "/moved" }).end();
    const service = makeService(api.url);
    expect(await service.credits()).toEqual({ available: 5, frozen: 0, total: 5 });
    expect(await failureOf(service.openSession({ skill: sessionRef.skill, language: "en" }))).toMatchObject({
      code: "bad-answer",
      sent: "maybe-sent",
    });
    expect(api.seen.map((request) => `${request.method} ${request.path}`)).toEqual([
      "GET /api/credits/balance/simple",
      "GET /moved",
      "POST /api/tasks/me/with-session/nemo_agent",
    ]);
    await service.close();
  });

  it("ends a circle of redirects", async () => {
    api.respond = (_, response) => void response.writeHead(302, { location: "/again" }).end();
    const service = makeService(api.url);
    expect(await failureOf(service.credits())).toMatchObject({ code: "bad-answer" });
    expect(api.seen.length).toBeLessThan(10);
    await service.close();
  });
});

it("X4: nothing of ours reached the other origin, in the whole matrix", () => {
  expect(asked.length).toBeGreaterThan(8);
  expect(asked.flatMap((requests) => requests.flatMap(secretsIn))).toEqual([]);
  const reached = asked.reduce((sum, requests) => sum + requests.length, 0);
  proven(
    "X4",
    `${asked.length} redirects and addresses, ${reached} requests at another origin: 0 with credentials`,
  );
});

describe("addresses that are not fetched", () => {
  it.each([
    "file:///etc/passwd",
    "ftp://x.example/a",
    "data:video/mp4,x",
    "javascript:1",
    "not a url",
    "gopher://x/",
  ])("%s", async (url) => {
    api.respond = (_, response) =>
      void response.writeHead(200, { "content-type": "video/mp4" }).end("fallback");
    expect(await fetchFile(url)).toBe("fallback");
    expect(other.seen).toHaveLength(0);
  });
});

describe("headers of each call", () => {
  it("carries the three attribution headers and the token, and the client id only where a token is asked for", async () => {
    api.respond = (request, response) => {
      if (request.path === "/run_sse") {
        replyStream(response);
        return void response.end();
      }
      const data = {
        token: "anon_token",
        task_id: "t",
        session_id: "1",
        available: 1,
        state: {},
        status: "pending",
      };
      return replyJson(response, {
        code: 0,
        data: { ...data, files: [{ filename: "a" }], claim_token: "c" },
      });
    };
    const service = makeService(api.url, {
      token: "",
      credentials: memoryCredentials("client_1"),
      platform: "my-host",
    });
    const skill = { name: "free-image-to-video-generator", version: "1.0.9" };
    const session = { ...sessionRef, skill };
    await service.openSession({ skill, language: "de" });
    await service.uploadFile({ session, source: bytesSource("a.jpg", Buffer.from("abc")) });
    await service.uploadUrl({ session, url: "https://x.example/a.jpg" });
    await service.runTurn({ session, prompt: "p", timeouts, onSignal: () => undefined });
    await service.readDraft(session);
    await service.readRender(session, "r");
    await service.claimLink(session);
    await service.credits();
    const [token, ...calls] = api.seen;
    expect(token?.headers).toMatchObject({
      "x-client-id": "client_1",
      "x-skill-source": "image-video",
      "x-skill-version": "1.0.0",
      "x-skill-platform": "my-host",
    });
    expect(token?.headers.authorization).toBeUndefined();
    expect(calls).toHaveLength(8);
    for (const call of calls) {
      expect(call.headers).toMatchObject({
        authorization: "Bearer anon_token",
        "x-skill-platform": "my-host",
      });
      expect(call.headers["x-client-id"]).toBeUndefined();
      const expected = call.path.includes("/credits/")
        ? ["image-video", "1.0.0"]
        : [skill.name, skill.version];
      expect([call.headers["x-skill-source"], call.headers["x-skill-version"]]).toEqual(expected);
    }
    expect(JSON.parse(calls[0]?.text ?? "")).toEqual({ task_name: "project", language: "de" });
    await service.close();
  });

  it("keeps a path in front of the service's address", async () => {
    api.respond = (_, response) => replyJson(response, { code: 0, data: { available: 1 } });
    const service = makeService(`${api.url}/nemo/`);
    await service.credits();
    expect(api.seen[0]?.path).toBe("/nemo/api/credits/balance/simple");
    await service.close();
  });
});
