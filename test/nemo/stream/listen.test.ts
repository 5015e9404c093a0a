import { describe, expect, it } from "vitest";
import type { Signal } from "../../../src/job/event.ts";
import { announceWork, listen, type Heard } from "../../../src/nemo/stream/listen.ts";
import { startDeadlines } from "../../../src/nemo/transport/deadlines.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { stepClock, type StepClock } from "../../support/step-clock.ts";
import { proven } from "../../support/proven.ts";

const minuteMs = 60_000;
const heartbeats = [
  ": ping\n\n",
  "data:\n\n",
  "data: {}\n\n",
  'data: {"type":"heartbeat"}\n\n',
  "event: heartbeat\n\n",
];
const says = 'data: {"type":"text","content":"Hi."}\n\n';

/** Pieces of a stream, each with the time until it comes; then the end: a close, a break, or nothing ever. */
interface Script {
  readonly pieces: readonly (readonly [waitMs: number, text: string])[];
  readonly end: "closes" | "breaks" | "hangs";
}

async function* play(clock: StepClock, script: Script, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (const [waitMs, text] of script.pieces) {
    await clock.sleep(waitMs, signal);
    yield Buffer.from(text);
  }
  if (script.end === "breaks") throw new Error("reset");
  if (script.end === "hangs") await clock.sleep(Number.MAX_SAFE_INTEGER / 4, signal);
}

interface Run {
  readonly heard: Heard;
  readonly tookMs: number;
  readonly signals: readonly Signal[];
}

async function run(script: Script): Promise<Run> {
  const clock = stepClock(0);
  const limits = { idle: 2 * minuteMs, silence: 10 * minuteMs, whole: 15 * minuteMs };
  const deadlines = startDeadlines(clock, limits);
  const signals: Signal[] = [];
  const onSignal = (signal: Signal): void => void signals.push(signal);
  const over = new AbortController();
  const announced = announceWork(clock, onSignal, over.signal);
  async function* body(): AsyncGenerator<Uint8Array> {
    for await (const chunk of play(clock, script, deadlines.signal)) {
      deadlines.touch("idle");
      yield chunk;
    }
  }
  const heard = await clock.run(listen({ body: body(), deadlines, onSignal }));
  deadlines.stop();
  over.abort();
  await announced;
  return { heard, tookMs: clock.now(), signals };
}

const beat = (count: number, everyMs: number): [number, string][] =>
  Array.from({ length: count }, (_, index) => [everyMs, heartbeats[index % heartbeats.length] ?? ""]);

describe("listen", () => {
  it.each<[string, Script, Heard["end"], number]>([
    ["closes at once", { pieces: [], end: "closes" }, "closed", 0],
    ["says something and closes", { pieces: [[5000, says]], end: "closes" }, "closed", 5000],
    ["breaks", { pieces: [[5000, says]], end: "breaks" }, "lost", 5000],
    ["never says a byte", { pieces: [], end: "hangs" }, "lost", 2 * minuteMs],
    ["dies after a text", { pieces: [[minuteMs, says]], end: "hangs" }, "lost", 3 * minuteMs],
    ["heartbeats alone", { pieces: beat(200, 10_000), end: "hangs" }, "silent", 10 * minuteMs],
    [
      "heartbeats after a text",
      { pieces: [[minuteMs, says], ...beat(200, 10_000)], end: "hangs" },
      "silent",
      11 * minuteMs,
    ],
    [
      "talks for ever",
      { pieces: Array.from({ length: 100 }, (): [number, string] => [minuteMs, says]), end: "hangs" },
      "timed-out",
      15 * minuteMs,
    ],
    [
      "works 14 minutes with heartbeats and texts",
      { pieces: [...beat(40, 12_000), [0, says], ...beat(30, 12_000)], end: "closes" },
      "closed",
      14 * minuteMs,
    ],
  ])("%s", async (_, script, end, tookMs) => {
    const { heard, tookMs: took } = await run(script);
    expect([heard.end, took]).toEqual([end, tookMs]);
  });

  it("says that it works every two minutes, and no more", async () => {
    const { signals } = await run({ pieces: beat(45, 10_000), end: "closes" });
    expect(signals).toEqual(
      [2, 4, 6].map((minutes) => ({ type: "still-working", elapsedMs: minutes * minuteMs })),
    );
  });

  it("outlives 200 patterns of heartbeats, and notices a dead stream within two minutes of the last byte", async () => {
    const random = seededRandom(5);
    for (let pattern = 0; pattern < 200; pattern++) {
      const pieces: [number, string][] = [];
      let atMs = 0;
      const lastsMs = random.between(minuteMs, 14 * minuteMs);
      while (atMs < lastsMs) {
        const waitMs = random.between(100, random.pick([1000, 15_000, 115_000]));
        if (atMs + waitMs > 14.5 * minuteMs) break;
        atMs += waitMs;
        pieces.push([waitMs, random.chance(0.3) ? says : random.pick(heartbeats)]);
        if (pieces.length % 5 === 0) pieces.push([0, says]);
      }
      const end = random.pick(["closes", "hangs", "breaks"] as const);
      const { heard, tookMs } = await run({ pieces, end });
      const expected = end === "closes" ? "closed" : "lost";
      const late = end === "hangs" ? 2 * minuteMs : 0;
      // The whole turn has its limit too.
      if (atMs + late >= 15 * minuteMs) expect([heard.end, tookMs]).toEqual(["timed-out", 15 * minuteMs]);
      else expect([pattern, heard.end, tookMs]).toEqual([pattern, expected, atMs + late]);
    }
    proven(
      "H1",
      "200 patterns of heartbeats: none cut, each dead stream noticed 2 minutes behind its last byte",
      "5",
    );
  });

  it("stops at an event without an end", async () => {
    const piece = `data: ${"x".repeat(1024 * 1024)}\n`;
    const pieces = Array.from({ length: 50 }, (): [number, string] => [10, piece]);
    expect((await run({ pieces, end: "hangs" })).heard.end).toBe("lost");
  });
});
