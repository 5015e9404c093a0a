import { describe, expect, it } from "vitest";
import { Lapse, startDeadlines } from "../../../src/nemo/transport/deadlines.ts";
import { stepClock } from "../../support/step-clock.ts";

const lapsed = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(signal.reason)));

describe("startDeadlines", () => {
  it.each<[string, Parameters<typeof startDeadlines>[1], string, number]>([
    ["the only one", { idle: 120_000 }, "idle", 120_000],
    ["the nearest", { connect: 20_000, idle: 60_000, whole: 180_000 }, "connect", 20_000],
    ["one far away", { whole: 86_400_000 }, "whole", 86_400_000],
  ])("ends an exchange at its limit: %s", async (_, limits, name, atMs) => {
    const clock = stepClock(0);
    const deadlines = startDeadlines(clock, limits);
    const reason = await clock.run(lapsed(deadlines.signal));
    expect(reason).toBeInstanceOf(Lapse);
    expect([(reason as Lapse).limit, clock.now()]).toEqual([name, atMs]);
  });

  it("starts anew when touched, and ends when lifted", async () => {
    const clock = stepClock(0);
    const deadlines = startDeadlines(clock, { connect: 1000, idle: 10_000, whole: 100_000 });
    deadlines.lift("connect");
    const ended = lapsed(deadlines.signal);
    for (let round = 0; round < 5; round++) {
      await clock.run(clock.sleep(9000));
      deadlines.touch("idle");
    }
    const reason = (await clock.run(ended)) as Lapse;
    expect([reason.limit, clock.now()]).toEqual(["idle", 55_000]);
  });

  it("goes on watching after every limit was lifted for a while", async () => {
    const clock = stepClock(0);
    const deadlines = startDeadlines(clock, { idle: 1000 });
    deadlines.lift("idle");
    await clock.run(clock.sleep(100_000));
    deadlines.touch("idle");
    const reason = (await clock.run(lapsed(deadlines.signal))) as Lapse;
    expect(reason.limit).toBe("idle");
  });

  it("passes on the caller's own reason", () => {
    const outer = new AbortController();
    const deadlines = startDeadlines(stepClock(0), { idle: 1000 }, outer.signal);
    outer.abort("enough");
    expect(deadlines.signal.reason).toBe("enough");
    expect(startDeadlines(stepClock(0), {}, outer.signal).signal.reason).toBe("enough");
  });

  it("leaves nothing behind when stopped", async () => {
    const clock = stepClock(0);
    const deadlines = startDeadlines(clock, { idle: 1000 });
    deadlines.stop();
    await clock.run(clock.sleep(5000));
    expect(deadlines.signal.aborted).toBe(false);
    await expect(clock.run(new Promise(() => undefined))).rejects.toThrow("nothing will ever happen");
  });
});
