import { expect, it } from "vitest";
import { proven } from "../support/proven.ts";
import { rounds } from "../support/rounds.ts";
import { watchStory, type WatchStory } from "./watch-story.ts";
import type { MoneyRules } from "../../src/executor/run-request.ts";

const files = rounds(5_000);

function full(count = files): WatchStory {
  const story = watchStory({ turnMs: 10_000 });
  for (let number = 1; number <= count; number++)
    story.tree.put(`${number}.jpg`, { text: `photo ${number}` });
  return story;
}

const limited = (credits: number, sinceMs: (nowMs: number) => number): MoneyRules => ({
  limitsFor: (_job, nowMs) => [{ scope: "day", credits, sinceMs: sinceMs(nowMs), from: "the test" }],
  reserveFor: () => 100,
});

it(
  `W6: of ${files} files at the start never more than the limit are in flight`,
  { timeout: 900_000 },
  async () => {
    const story = full();
    await story.run(async () => {
      const running = story.start({ concurrency: 3, once: true });
      expect((await running.ended).counts.succeeded).toBe(files);
    });
    expect(story.service.peak()).toBe(3);
    expect(story.service.accepted).toHaveLength(files);
    expect(story.service.accepted[1]?.prompt).toContain("2.jpg");
    expect(story.service.accepted[11]?.prompt).toMatch(/1[0-4]\.jpg/);
    proven(
      "W6",
      `${files} files at the start, at most 3 in flight of 3 allowed; stops at the budget, and goes on the next day`,
    );
  },
);

it("W6: a backlog stops at the budget, and with --once that is the end: exit 3", async () => {
  const story = full();
  const { exitCode } = await story.run(
    () => story.start({ concurrency: 3, once: true, money: limited(1_000, () => 0) }).ended,
  );
  expect(exitCode).toBe(3);
  expect(story.service.accepted).toHaveLength(10);
  // What was planned before the budget said no, and nothing behind it.
  expect(story.reports.filter(({ type }) => type === "job-started").length).toBeLessThanOrEqual(13);
});

it("W6: a watch waits for room, and goes on where it stopped", async () => {
  const story = full(300);
  const dayMs = 86_400_000;
  await story.run(async () => {
    const day = (nowMs: number): number => nowMs - (nowMs % dayMs);
    const running = story.start({ concurrency: 2, money: limited(1_000, day) });
    await story.clock.sleep(8 * 3_600_000);
    expect(story.service.accepted).toHaveLength(10);
    expect(story.told.filter(({ type }) => type === "waiting-for-room")).toHaveLength(1);
    await story.clock.sleep(12 * 3_600_000);
    expect(story.service.accepted).toHaveLength(20);
    await running.stop();
  });
  expect(story.service.peak()).toBe(2);
});
