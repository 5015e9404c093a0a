import { expect, it } from "vitest";
import { brokenPromises } from "./broken-promises.ts";
import { simulate } from "./simulate.ts";

const seeds = 60;

it(`${seeds} stories with reviewers: drafts wait, are refined and approved, and an export without an approval is seen`, async () => {
  const counts = { asked: 0, refined: 0, approved: 0, seen: 0 };
  for (let seed = 1; seed <= seeds; seed++) {
    const story = await simulate(seed);
    const count = (type: string): number => story.events.filter(({ event }) => event.type === type).length;
    counts.asked += count("review-asked");
    counts.approved += count("review-decided");
    counts.refined += story.jobs.filter(({ plan }) => plan.refined !== undefined).length;
    const events = story.events.filter(({ event }) => event.type !== "review-decided");
    const seen = brokenPromises({ ...story, events }).some((text) =>
      text.endsWith("exported without an approval"),
    );
    counts.seen += Number(seen);
    const isExported = story.jobs.some(
      ({ plan, status }) => plan.review !== undefined && status === "finished",
    );
    if (isExported) expect(seen).toBe(true);
  }
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(5);
});
