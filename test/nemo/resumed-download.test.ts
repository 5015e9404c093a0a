import { beforeEach, describe, expect, it } from "vitest";
import type { HttpService } from "../../src/nemo/http-service.ts";
import type { LoopbackServer, Respond } from "../support/loopback-server.ts";
import { apiAndCdn } from "./api-and-cdn.ts";
import { failureOf, memorySink, sessionRef } from "./service-fixture.ts";

/** The tag of each answer: one for all, so that they are of one version. */
const always =
  (version: string) =>
  (_nth: number): string =>
    `"${version}"`;

let api: LoopbackServer;
let cdn: LoopbackServer;
let service: HttpService;

beforeEach(async () => {
  ({ api, cdn, service } = await apiAndCdn());
});

describe("a download goes on where it was cut off", () => {
  const whole = "0123456789".repeat(30_000);
  interface Server {
    readonly ranges: string[];
    readonly respond: Respond;
  }
  /** Serves `whole` in cuts of so many characters; `versions` says which version of the file each request finds. */
  const serverOf = (cuts: readonly number[], { tag = always("v0"), knowsRanges = true } = {}): Server => {
    const ranges: string[] = [];
    const left = [...cuts];
    return {
      ranges,
      respond: (request, response) => {
        const nth = ranges.push(`${request.headers.range ?? "all"}`) - 1;
        const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1];
        const fits = knowsRanges && request.headers["if-range"] === tag(nth);
        const from = asked !== undefined && fits ? Number(asked) : 0;
        const keep = left.shift() ?? whole.length;
        response.writeHead(from > 0 ? 206 : 200, {
          "content-type": "video/mp4",
          "content-length": String(whole.length - from),
          etag: tag(nth),
          ...(from > 0 && { "content-range": `bytes ${from}-${whole.length - 1}/${whole.length}` }),
        });
        if (from + keep >= whole.length) return void response.end(whole.slice(from));
        response.flushHeaders();
        response.write(whole.slice(from, from + keep), () =>
          setTimeout(() => response.socket?.destroy(), 20),
        );
      },
    };
  };
  const request = (
    sink: ReturnType<typeof memorySink>,
    url = `${cdn.url}/a.mp4`,
  ): Parameters<HttpService["download"]>[0] => ({
    session: sessionRef,
    renderId: "render/1",
    url,
    openSink: sink.openSink,
  });

  it("with Range and If-Range, as often as some of it comes", async () => {
    const server = serverOf([100_000, 50_000, 30_000]);
    cdn.respond = server.respond;
    const sink = memorySink();
    await service.download(request(sink));
    expect(sink.bytes().toString()).toBe(whole);
    expect(sink.opened()).toBe(1);
    expect(server.ranges).toHaveLength(4);
    expect(server.ranges[0]).toBe("all");
    expect(server.ranges.slice(1).every((range) => /^bytes=[1-9]\d*-$/.test(range))).toBe(true);
    expect(api.seen).toHaveLength(0);
  });

  it.each([
    ["the file has become another one", { tag: (nth: number) => `"v${nth}"` }],
    ["the server knows no ranges", { knowsRanges: false }],
  ])("or begins anew, where %s", async (_, more) => {
    const server = serverOf([100_000], more);
    cdn.respond = server.respond;
    const sink = memorySink();
    await service.download(request(sink));
    expect(sink.bytes().toString()).toBe(whole);
    expect(sink.opened()).toBe(2);
  });

  it("asks for all of it where nothing names the version", async () => {
    const server = serverOf([100_000], { tag: () => 'W/"weak"' });
    cdn.respond = server.respond;
    const sink = memorySink();
    api.respond = (_, response) => void response.writeHead(503).end();
    const facts = await failureOf(service.download(request(sink)));
    expect(facts).toMatchObject({ code: "download-failed", transient: true });
    expect(server.ranges).toEqual(["all"]);
  });

  it("also in the next call, behind an outage", async () => {
    const server = serverOf([100_000, 0, whole.length]);
    let isOut = false;
    cdn.respond = (seen, response) => {
      if (isOut) return void response.socket?.destroy();
      isOut = true;
      return server.respond(seen, response);
    };
    api.respond = (_, response) => void response.writeHead(503).end();
    const sink = memorySink();
    const wanted = request(sink);
    expect(await failureOf(service.download(wanted))).toMatchObject({ transient: true });
    cdn.respond = serverOf([]).respond;
    await service.download(wanted);
    expect(sink.bytes().toString()).toBe(whole);
    expect(sink.opened()).toBe(1);
  });

  it.each([
    ["another place", "bytes 7-299999/300000"],
    ["another size", "bytes 100000-299999/400000"],
    ["nowhere", ""],
  ])("never takes the rest from %s", async (_, range) => {
    let asked = 0;
    cdn.respond = (seen, response) => {
      if (++asked === 1) return serverOf([100_000]).respond(seen, response);
      const headers = { "content-type": "video/mp4", etag: '"v0"', "content-range": range };
      return void response.writeHead(206, headers).end("x".repeat(200_000));
    };
    api.respond = (_, response) => void response.writeHead(503).end();
    const sink = memorySink();
    const wanted = request(sink);
    expect(await failureOf(service.download(wanted))).toMatchObject({ code: "download-failed" });
    cdn.respond = serverOf([]).respond;
    await service.download(wanted);
    expect(sink.bytes().toString()).toBe(whole);
    expect(sink.opened()).toBe(2);
  });

  it("not for ever", async () => {
    const server = serverOf(Array(100).fill(1000));
    cdn.respond = server.respond;
    api.respond = (_, response) => void response.writeHead(503).end();
    await failureOf(service.download(request(memorySink())));
    expect(server.ranges).toHaveLength(6);
  });
});
