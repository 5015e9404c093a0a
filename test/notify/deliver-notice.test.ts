// How a message gets there, over real connections: receivers that are away, busy, slow, moved, or not theirs.
import { afterEach, describe, expect, test } from "vitest";
import { openPost, type OpenPost } from "../../src/cli/notify/post.ts";
import { deliverNotice } from "../../src/notify/deliver-notice.ts";
import type { MessageShape } from "../../src/notify/addressee.ts";
import { startLoopbackServer, type LoopbackServer, type Respond } from "../support/loopback-server.ts";
import { wallClock } from "../support/wall-clock.ts";
import { noticeFor, runOf } from "./stories.ts";

const notice = noticeFor(runOf([{ name: "promo", end: "failed" }]));
const opened: (LoopbackServer | OpenPost)[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function receiver(respond: Respond): Promise<LoopbackServer> {
  const server = await startLoopbackServer(respond);
  opened.push(server);
  return server;
}

interface Sent {
  readonly why: string | undefined;
  /** The pauses between tries. */
  readonly pauses: readonly number[];
}

async function send(url: string, kind: MessageShape = "slack", more: SendOptions = {}): Promise<Sent> {
  const quick = wallClock(50);
  const pauses: number[] = [];
  const sleep: typeof quick.sleep = (ms, until) => {
    pauses.push(ms);
    more.onPause?.();
    return quick.sleep(ms, until);
  };
  const post = openPost({ env: more.env ?? {}, version: "0.0.0-test" }, wallClock(more.times));
  opened.push(post);
  const signal = more.signal ?? new AbortController().signal;
  const why = await deliverNotice(
    notice,
    { kind, url: new URL(url) },
    { ...post, clock: { ...quick, sleep }, env: {}, signal },
  );
  return { why, pauses };
}

interface SendOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** How many times as fast the limits of one try pass. */
  readonly times?: number;
  readonly onPause?: () => void;
}

/** Answers with one status after the other; the last one stays. */
function statuses(...codes: readonly (number | readonly [number, Record<string, string>])[]): Respond {
  let count = 0;
  return (_, response) => {
    const code = codes[Math.min(count++, codes.length - 1)] ?? 200;
    const [status, headers] = typeof code === "number" ? [code, {}] : code;
    response.writeHead(status, headers);
    response.end("no_service <!channel>");
  };
}

describe("a receiver", () => {
  test.each(["webhook", "slack", "discord"] as const)(
    "gets %s once, as JSON of known length",
    async (kind) => {
      const server = await receiver(statuses(200));
      expect(await send(`${server.url}/hook?key=1`, kind)).toEqual({ why: undefined, pauses: [] });
      const [request, ...others] = server.seen;
      expect(others).toEqual([]);
      expect(request).toMatchObject({ method: "POST", path: "/hook?key=1" });
      expect(request?.headers).toMatchObject({
        "content-type": "application/json",
        "user-agent": "nemo-recipe/0.0.0-test",
      });
      expect(request?.headers).not.toHaveProperty("authorization");
      expect(JSON.stringify(JSON.parse(request?.text ?? ""))).toContain("promo");
    },
  );

  test.each([
    { says: "busy, without a time", first: 429, pause: 2_000 },
    { says: "busy, for 3 s", first: [429, { "retry-after": "3" }], pause: 3_000 },
    { says: "busy, for half a second", first: [429, { "retry-after": "0.5" }], pause: 500 },
    { says: "broken", first: 500, pause: 2_000 },
    { says: "away", first: 503, pause: 2_000 },
  ] as const)("that is $says is asked again after $pause ms", async ({ first, pause }) => {
    const server = await receiver(statuses(first, 204));
    expect(await send(server.url)).toEqual({ why: undefined, pauses: [pause] });
    expect(server.seen).toHaveLength(2);
  });

  test("that stays broken is asked three times in all", async () => {
    const server = await receiver(statuses(502));
    const { why, pauses } = await send(server.url);
    expect(why).toBe("it answered 502: no_service <!channel>");
    expect([server.seen.length, pauses]).toEqual([3, [2_000, 4_000]]);
  });

  test.each([
    { says: "asks for an hour", answer: [429, { "retry-after": "3600" }] },
    { says: "does not know the address", answer: 404 },
    { says: "does not take the message", answer: 400 },
  ] as const)("that $says is asked once", async ({ answer }) => {
    const server = await receiver(statuses(answer));
    expect((await send(server.url)).why).toMatch(/^it answered \d{3}/);
    expect(server.seen).toHaveLength(1);
  });

  test.each([301, 302, 303, 307, 308])(
    "that sends on (%i) is not followed, and nobody else gets it",
    async (status) => {
      const other = await receiver(statuses(200));
      const server = await receiver(statuses([status, { location: `${other.url}/elsewhere` }]));
      const { why } = await send(server.url);
      expect(why).toContain("not followed");
      expect([server.seen.length, other.seen.length]).toEqual([1, 0]);
    },
  );

  test("that is not there is tried three times, and named by its host alone", async () => {
    const server = await receiver(statuses(200));
    const { url } = server;
    await server.close();
    const { why, pauses } = await send(`${url}/services/secret-path`);
    expect(why).toBe(`${url} cannot be reached: nothing listens there.`);
    expect(pauses).toEqual([2_000, 4_000]);
  });

  test("that never answers costs 10 s a try", async () => {
    const server = await receiver(() => {});
    const { why } = await send(server.url, "slack", { times: 12 });
    expect(why).toContain("within 10 s");
    expect(server.seen).toHaveLength(3);
  });

  test("that never ends its answer costs no more", async () => {
    const server = await receiver((_, response) => {
      response.writeHead(500);
      const drip = setInterval(() => response.write("x"), 5);
      response.on("close", () => clearInterval(drip));
    });
    expect((await send(server.url, "slack", { times: 12 })).why).toMatch(
      /did not end within 10 s|it answered 500/,
    );
  });

  test("is given up at once when there is no time left", async () => {
    const server = await receiver(statuses([429, { "retry-after": "10" }]));
    const stop = new AbortController();
    const onPause = (): void => stop.abort(new Error("enough"));
    expect((await send(server.url, "slack", { signal: stop.signal, onPause })).why).toMatch(
      /^it answered 429/,
    );
    expect((await send(server.url, "slack", { signal: stop.signal })).why).toBe("there was no time left");
  });

  test("gets a name and password of its address as a header", async () => {
    const server = await receiver(statuses(200));
    await send(server.url.replace("://", "://me:pa%20ss@"), "webhook");
    const login = Buffer.from("me:pa ss").toString("base64");
    expect(server.seen[0]?.headers).toMatchObject({ authorization: `Basic ${login}` });
  });

  test("behind a proxy is reached through it, unless NO_PROXY names it", async () => {
    const asked: string[] = [];
    const server = await receiver(statuses(200));
    const env = { HTTPS_PROXY: server.url, NO_PROXY: "" };
    const { why } = await send("https://hooks.slack.invalid/x", "slack", { env });
    asked.push(why ?? "taken");
    // The proxy of this test opens no tunnel: what counts is that the name was never looked for elsewhere.
    expect(asked[0]).not.toContain("cannot be resolved");
    const direct = { HTTPS_PROXY: server.url, NO_PROXY: "hooks.slack.invalid" };
    expect((await send("https://hooks.slack.invalid/x", "slack", { env: direct })).why).toContain("resolved");
  });
});
