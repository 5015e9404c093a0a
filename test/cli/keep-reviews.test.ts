import { expect, test } from "vitest";
import { withReviews, type ReviewKeeping } from "../../src/cli/keep-reviews.ts";

test("what nobody foresaw is told at once, and the other deadlines are still looked at", async () => {
  const told: string[] = [];
  const stop = new AbortController();
  let looks = 0;
  const journal = {
    unfinishedJobs: async () => {
      looks += 1;
      if (looks === 3) stop.abort(new Error("interrupted"));
      throw new TypeError("no such column");
    },
  };
  const keeping = {
    call: {
      flags: {},
      screen: { alert: (line: string) => void told.push(line), paint: { red: String, dim: String } },
    },
    journal,
    current: () => ({ config: { backend: "local" }, recipes: [] }),
    signal: stop.signal,
  } as unknown as ReviewKeeping;
  await withReviews(
    keeping,
    () => new Promise<void>((end) => stop.signal.addEventListener("abort", () => end())),
  );
  expect(told.filter((line) => line.includes("no such column"))).toHaveLength(1);
});
