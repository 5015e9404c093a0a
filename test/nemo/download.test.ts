import type { ServerResponse } from "node:http";
import { beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../src/base/failure.ts";
import type { HttpService } from "../../src/nemo/http-service.ts";
import { replyJson, type LoopbackServer } from "../support/loopback-server.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { apiAndCdn } from "./api-and-cdn.ts";
import { failureOf, memorySink, sessionRef } from "./service-fixture.ts";

type Answer = (response: ServerResponse) => void;

let api: LoopbackServer;
let cdn: LoopbackServer;
let service: HttpService;

beforeEach(async () => {
  ({ api, cdn, service } = await apiAndCdn());
});

const video =
  (text: string, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(200, { "content-type": "video/mp4", ...headers }).end(text);
const cut: Answer = (response) => {
  response.writeHead(200, { "content-type": "video/mp4", "content-length": "100" });
  response.write("only a part", () => response.socket?.destroy());
};
const page: Answer = (response) =>
  void response.writeHead(200, { "content-type": "text/html" }).end("<html>expired</html>");
const status =
  (code: number): Answer =>
  (response) =>
    void response.writeHead(code).end();
const json =
  (body: unknown, code = 200): Answer =>
  (response) =>
    replyJson(response, body, { status: code });

interface Got {
  readonly bytes: string;
  readonly opened: number;
  readonly received: (readonly [number, number | undefined])[];
}

async function download(own: Answer, foreign?: Answer, url = `${cdn.url}/a.mp4`): Promise<Got> {
  api.respond = (_, response) => own(response);
  cdn.respond = (_, response) => foreign?.(response);
  const sink = memorySink();
  const received: (readonly [number, number | undefined])[] = [];
  await service.download({
    session: sessionRef,
    renderId: "render/1",
    ...(foreign && { url }),
    openSink: sink.openSink,
    onReceived: (bytes, size) => received.push([bytes, size]),
  });
  return { bytes: sink.bytes().toString(), opened: sink.opened(), received };
}

describe("download", () => {
  it("takes the file from its address, and nothing else", async () => {
    const got = await download(video("own"), video("movie", { "content-length": "5" }));
    expect(got).toEqual({ bytes: "movie", opened: 1, received: [[5, 5]] });
    expect(api.seen).toHaveLength(0);
  });

  it("takes it from the service where there is no address", async () => {
    expect((await download(video("own"))).bytes).toBe("own");
    expect(api.seen[0]?.path).toBe("/api/render/proxy/render%2F1/download");
  });

  it.each<[string, Answer]>([
    ["is gone", status(404)],
    ["expired", status(403)],
    ["wants a token", status(401)],
    ["fails", status(500)],
    ["is a page", page],
    ["is an error with status 200", json({ code: 1001 })],
    ["is empty", video("")],
    ["is cut short", cut],
    ["hangs up", (response) => void response.socket?.destroy()],
    ["comes encoded", video("x", { "content-encoding": "gzip" })],
    ["is a part only", (response) => void response.writeHead(206, { "content-type": "video/mp4" }).end("mo")],
    ["is nothing new", status(304)],
  ])("takes it from the service where the address %s", async (_, foreign) => {
    const got = await download(video("own"), foreign);
    expect(got.bytes).toBe("own");
    expect(got.received.at(-1)).toEqual([3, undefined]);
    expect(cdn.seen).toHaveLength(1);
    expect(api.seen).toHaveLength(1);
  });

  it("takes it with the token where the address is the service's own", async () => {
    api.respond = (_, response) => video("own")(response);
    const sink = memorySink();
    await service.download({
      session: sessionRef,
      renderId: "r",
      url: `${api.url}/files/a.mp4?sig=1`,
      openSink: sink.openSink,
    });
    expect(api.seen.map((request) => [request.path, request.headers.authorization])).toEqual([
      ["/files/a.mp4?sig=1", "Bearer nmv_secret_canary"],
    ]);
  });

  it("asks the service for it where its own link has expired, as a storage says that", async () => {
    const expired = status(403);
    api.respond = (request, response) =>
      request.path.startsWith("/files/") ? expired(response) : video("own")(response);
    const sink = memorySink();
    const url = `${api.url}/files/a.mp4?sig=1`;
    await service.download({ session: sessionRef, renderId: "r", url, openSink: sink.openSink });
    expect(sink.bytes().toString()).toBe("own");
  });

  it.each<[string, Answer, Partial<Failure["facts"]>]>([
    ["both are cut", cut, { code: "download-failed", transient: true }],
    ["the service fails", status(500), { code: "download-failed", transient: true }],
    ["the service sends a page", page, { code: "download-failed" }],
    ["the service does not know it", json({ detail: "Not Found" }, 404), { code: "render-failed" }],
    ["the plan blocks it", json({ code: 402 }, 402), { code: "export-blocked" }],
    ["the plan blocks it with status 200", json({ code: 402 }), { code: "export-blocked" }],
    ["the token lacks the scope", json({ code: 403 }, 403), { code: "scope-missing" }],
    ["the token is bad", json({ code: 1001 }, 401), { code: "unauthorized" }],
    ["there are too many requests", json({ code: 429 }, 429), { code: "rate-limited", retryAfterMs: 30_000 }],
  ])("fails where %s", async (_, own, expected) => {
    const facts = await failureOf(download(own, cut));
    expect(facts).toMatchObject(expected);
    expect(`${facts.message} ${facts.hint}`).not.toMatch(/try again/i);
  });

  it("hands over all or fails, wherever 200 answers are cut", async () => {
    const whole = "0123456789".repeat(20_000);
    const random = seededRandom(3);
    const outcomes = { whole: 0, failed: 0 };
    for (let round = 0; round < 200; round++) {
      const keptChars = random.chance(0.3) ? whole.length : random.between(0, whole.length - 1);
      const length: Record<string, string> = random.chance(0.5)
        ? { "content-length": String(whole.length) }
        : {};
      const own: Answer = (response) => {
        response.writeHead(200, { "content-type": "video/mp4", ...length });
        if (keptChars === whole.length) return void response.end(whole);
        response.flushHeaders();
        response.write(whole.slice(0, keptChars), () => response.socket?.destroy());
      };
      const got = await download(own).catch((error: unknown) => (error as Failure).facts);
      if ("code" in got) expect(got).toMatchObject({ code: "download-failed", transient: true });
      else expect(got.bytes).toBe(whole);
      outcomes["code" in got ? "failed" : "whole"]++;
      expect("code" in got).toBe(keptChars < whole.length);
    }
    expect(outcomes.whole).toBeGreaterThan(30);
    expect(outcomes.failed).toBeGreaterThan(100);
  });

  it.each(["opens", "is written to"])(
    "leaves the disk's own failure as it is, when the sink %s",
    async (when) => {
      api.respond = (_, response) => video("movie")(response);
      const full = new Failure({ code: "disk-full", message: "full", sent: "rejected" });
      const failing = service.download({
        session: sessionRef,
        renderId: "r",
        openSink: () =>
          when === "opens" ? Promise.reject(full) : Promise.resolve({ write: () => Promise.reject(full) }),
      });
      expect(await failureOf(failing)).toEqual(full.facts);
      expect(api.seen).toHaveLength(1);
    },
  );

  it("writes one chunk at a time, in order, however slow the disk is", async () => {
    const text = Array.from({ length: 40_000 }, (_, index) => `line ${index}\n`).join("");
    api.respond = (_, response) => video(text)(response);
    let writing = 0;
    let most = 0;
    let written = "";
    await service.download({
      session: sessionRef,
      renderId: "r",
      openSink: () =>
        Promise.resolve({
          write: async (chunk) => {
            most = Math.max(most, ++writing);
            await new Promise((resolve) => setTimeout(resolve, 5));
            written += Buffer.from(chunk).toString();
            writing--;
          },
        }),
    });
    expect(written).toBe(text);
    expect(most).toBe(1);
  });

  it("stops when the caller stops, without asking elsewhere", async () => {
    const stop = new AbortController();
    cdn.respond = (_, response) => {
      response.writeHead(200, { "content-type": "video/mp4" });
      response.write("mo", () => setTimeout(() => stop.abort(), 20));
    };
    const url = `${cdn.url}/a.mp4`;
    const request = { session: sessionRef, renderId: "r", url, openSink: memorySink().openSink };
    expect(await failureOf(service.download(request, { signal: stop.signal }))).toMatchObject({
      code: "interrupted",
    });
    expect(api.seen).toHaveLength(0);
  });
});
