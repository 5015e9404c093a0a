import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { proven } from "../../support/proven.ts";
import type { Found } from "./judge.ts";

const script = fileURLToPath(new URL("soak.ts", import.meta.url));
const isProof = process.env["PROOF"] === "1";
const first = Number(process.env["SOAK_FIRST_SEED"] ?? 1);
const seeds = Number(process.env["SOAK_SEEDS"] ?? (isProof ? 25 : 1));
// The heap is looked at behind a collection on demand: a flag of Node's.
const isNode = !("Bun" in globalThis) && !("Deno" in globalThis);

interface Soak extends Found {
  readonly seed: number;
  readonly hours: number;
  readonly drops: number;
  readonly kills: number;
  readonly restarts: number;
  readonly suspends: number;
  readonly clockSteps: number;
  readonly decided: number;
  readonly heaps: readonly number[];
}

/** What the service itself holds of a job in this process, drafts and all, is some kilobytes. */
const mostBytesAJob = 8 * 1024;

async function soak(seed: number, hours: number): Promise<Soak> {
  const args = ["--expose-gc", script, `${seed}`, `${hours}`];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 26 });
  const story = JSON.parse(stdout) as Soak;
  const replay = `replay: node --expose-gc test/sim/soak/soak.ts ${seed} ${hours}`;
  const { missing, twice, tooSoon, open, untold } = story;
  expect({ missing, twice, tooSoon, open, untold }, replay).toEqual({
    missing: [],
    twice: [],
    tooSoon: [],
    open: [],
    untold: [],
  });
  // A slot is on record before its job is: what dies or is held back in between leaves it at that.
  expect(story.lostStarts, replay).toBeLessThanOrEqual(story.slots / 20);
  // What the journal counts is never less than what the service charged: else a budget would be overdrawn unseen.
  expect(story.counted, replay).toBeGreaterThanOrEqual(story.charged);
  expect(story.turns, replay).toBeGreaterThan(10 * hours);
  const [before = NaN] = story.heaps;
  expect(((story.heaps.at(-1) ?? NaN) - before) / story.turns, replay).toBeLessThan(mostBytesAJob);
  return story;
}

const sumOf = (stories: readonly Soak[], of: (story: Soak) => number): number =>
  stories.reduce((sum, story) => sum + of(story), 0);

function tell(stories: readonly Soak[], told: string): void {
  const sum = (of: (story: Soak) => number): number => sumOf(stories, of);
  const befell = `${sum(({ kills }) => kills)} kills, ${sum(({ restarts }) => restarts)} restarts, ${sum(({ suspends }) => suspends)} suspends, ${sum(({ clockSteps }) => clockSteps)} steps of the clock`;
  const hours = sum((story) => story.hours);
  const heap = stories
    .at(-1)
    ?.heaps.map((bytes) => (bytes / 1024 / 1024).toFixed(1))
    .join(", ");
  proven(
    "W1",
    `${hours} virtual hours of a service in trouble, ${befell}: ${sum(({ photos }) => photos)} photos in the folder, 0 missing, 0 twice, ${sum(({ charged }) => charged)} credits charged for ${sum(({ turns }) => turns)} turns; ${sum(({ decided }) => decided)} decided by a person; heap each 6 hours ${heap} MB`,
    told,
  );
  proven(
    "S1",
    `${hours} virtual hours with two daemons and ticks, ${befell}: ${sum(({ slots }) => slots)} slots started, 0 twice, 0 left out unsaid; ${sum(({ lostStarts }) => lostStarts)} that ended before their job was on record`,
    told,
  );
}

describe.runIf(isNode)("a watched folder and three schedules, left alone", () => {
  it(`for 24 hours, ${seeds} times`, { timeout: isProof ? 3_600_000 : 900_000 }, async () => {
    const stories: Soak[] = [];
    for (let seed = first; seed < first + seeds; seed++) stories.push(await soak(seed, 24));
    expect(stories.every(({ photos }) => photos > 100)).toBe(true);
    tell(stories, `${first}–${first + seeds - 1}`);
  });

  it.runIf(isProof)("for a week", { timeout: 3_600_000 }, async () => {
    const week = await soak(7, 7 * 24);
    expect(week.heaps.length).toBeGreaterThan(20);
    tell([week], "7");
  });
});
