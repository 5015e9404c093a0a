import { countedCredits } from "../../../src/job/spending.ts";
import { nextSlot } from "../../../src/schedule/next-slot.ts";
import type { ScheduleReport } from "../../../src/executor/schedule-request.ts";
import { sha256 } from "../../support/planned-job.ts";
import { openJobs } from "./person.ts";
import type { entries } from "./slots.ts";
import type { SoakWorld } from "./world.ts";

export interface Found {
  /** Whole photos that lie in the folder. */
  readonly photos: number;
  /** Of these, without a video. */
  readonly missing: readonly string[];
  /** Prompts that the service took on more than once. */
  readonly twice: readonly string[];
  readonly tooSoon: readonly string[];
  readonly turns: number;
  /** Jobs that have not ended well, with why. */
  readonly open: readonly string[];
  /** Slots that were started, and of these, those whose process died before their job was on record. */
  readonly slots: number;
  readonly lostStarts: number;
  /** Slots that were neither started nor told as skipped or missed. */
  readonly untold: readonly string[];
  /** Credits that the service charged, and those that the journal counts. */
  readonly charged: number;
  readonly counted: number;
}

export interface SoakStory {
  readonly startMs: number;
  readonly endMs: number;
  readonly told: readonly ScheduleReport[];
  readonly entries: typeof entries;
}

/** By what the service took on and charged, and what lies in the folder; by the calendar, for slots. */
export async function judge(world: SoakWorld, story: SoakStory): Promise<Found> {
  const { backend, tree, journal, tooSoon } = world;
  const paid = new Map<string, number>();
  for (const { prompt } of backend.accepted) paid.set(prompt, (paid.get(prompt) ?? 0) + 1);
  const started = new Set(
    story.told.flatMap((one) => (one.type === "slot-started" ? [one.slot.slotId] : [])),
  );
  const made = [...paid.keys()].filter((prompt) => prompt.includes(" of ")).length;
  return {
    photos: photosIn(tree).size,
    missing: missingPhotos(world),
    twice: [...paid].flatMap(([prompt, times]) => (times > 1 ? [`${times} × ${prompt}`] : [])),
    tooSoon,
    turns: backend.accepted.length,
    open: (await openJobs(journal)).map(
      ({ plan, status, failure }) => `${plan.name} ${status} ${failure?.code}`,
    ),
    slots: started.size,
    lostStarts: started.size - made,
    untold: untoldSlots(story, started),
    charged: 1_000_000 - backend.credits().total,
    counted: countedCredits(await journal.spent({ sinceMs: 0 })),
  };
}

/** Texts of photos that lie there whole, and that nobody has asked the service for. */
export function missingPhotos({ backend, tree }: SoakWorld): string[] {
  const paid = new Set(backend.accepted.map(({ prompt }) => prompt));
  return [...photosIn(tree)].filter((text) => !paid.has(`animate ${sha256(text)}`));
}

function photosIn(tree: SoakWorld["tree"]): Set<string> {
  const standing = tree.names().filter((name) => isTaken(name) && tree.file(name)?.isWhole === true);
  return new Set(standing.map((name) => tree.file(name)?.text ?? ""));
}

const isTaken = (name: string): boolean =>
  name.split("/").every((part) => !part.startsWith(".") && part !== "done");

function untoldSlots(
  { startMs, endMs, told, entries: all }: SoakStory,
  started: ReadonlySet<string>,
): string[] {
  const skipped = new Set(told.flatMap((one) => (one.type === "slot-skipped" ? [one.slot.slotId] : [])));
  const missed = told.flatMap((one) => (one.type === "slots-missed" ? [one] : []));
  return all.flatMap(({ timetable }) => {
    const untold: string[] = [];
    const mostLateMs = 5 * 60_000;
    let atMs = nextSlot(timetable.timing, startMs);
    for (; atMs !== undefined && atMs < endMs - mostLateMs; atMs = nextSlot(timetable.timing, atMs)) {
      const { slotId, entry } = timetable.slotAt(atMs);
      const at = atMs;
      const isMissed = missed.some(
        ({ first, last }) => first.entry === entry && first.atMs <= at && at <= last.atMs,
      );
      if (!started.has(slotId) && !skipped.has(slotId) && !isMissed) untold.push(slotId);
    }
    return untold;
  });
}
