import type { Journal } from "../../executor/ports.ts";
import { runSchedule } from "../../executor/run-schedule.ts";
import { pathKind } from "../../files/path-kind.ts";
import type { Command } from "../call.ts";
import { exitCodes, worstExitCode } from "../exit-code.ts";
import { journalPath } from "../journal-path.ts";
import { decideReviews } from "../keep-reviews.ts";
import { openJournalFor, openWorld, type World } from "../open-world.ts";
import { reportError } from "../report-error.ts";
import { nextSlots } from "../schedule/next-slots.ts";
import { openSchedule, refuseWithoutBudget, type OpenSchedule } from "../schedule/open-schedule.ts";
import { slotRunner } from "../schedule/slot-runner.ts";
import { tellSchedule } from "../schedule/tell-schedule.ts";
import { Stop } from "../stop.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { wallClock } from "../wall-clock.ts";

const everyMs = 5_000;

/** Starts the slots that are due and lets deadlines decide reviews, waits for the runs and ends. */
export const tick: Command = async (given) => {
  const open = await openSchedule(given);
  refuseWithoutBudget(open);
  await refuseEmptyState(open);
  const { call, config } = open;
  return untilInterrupted(call, async (signal) => {
    const journal = await openJournalFor(call, config);
    try {
      const codes = [await decideDue(open, { journal, signal }), await startDue(open, { journal, signal })];
      return worstExitCode(codes);
    } finally {
      await journal.close();
    }
  });
};

interface Ticking {
  readonly journal: Journal;
  readonly signal: AbortSignal;
}

/** A service that does not answer is left to the next call: the slots are heard to all the same. */
async function decideDue(open: OpenSchedule, { journal, signal }: Ticking): Promise<number> {
  const { call, config } = open;
  const inWorld = async (decide: (world: World) => Promise<void>): Promise<void> => {
    const world = await openWorld(call, config, signal);
    try {
      // A job that is taken up while the service is away fails; here nothing is lost by coming again.
      await world.service.credits();
      await decide(world);
    } finally {
      await world.close();
    }
  };
  try {
    await decideReviews({ call, journal, current: () => open, inWorld, signal });
    return exitCodes.done;
  } catch (error) {
    if (signal.aborted) return exitCodes.interrupted;
    return reportError(error, { ...call, command: "tick" });
  }
}

async function startDue(open: OpenSchedule, { journal, signal }: Ticking): Promise<number> {
  const { call, entries } = open;
  const timetables = entries.map(({ timetable }) => timetable);
  const tell = tellSchedule(call, "once");
  let hasTold = false;
  const codes = await runSchedule(
    {
      entries: () => timetables,
      everyMs,
      mode: "once",
      startSlotRun: slotRunner(() => open, { signal }),
      tell: (report) => {
        hasTold = true;
        tell(report);
      },
      signal,
    },
    { journal, clock: wallClock },
  );
  if (!hasTold && !signal.aborted) noteNext(open);
  return signal.aborted ? exitCodes.interrupted : worstExitCode([...codes]);
}

function noteNext({ call, entries }: OpenSchedule): void {
  const [next] = nextSlots(entries, wallClock.now(), 1);
  call.screen.note(
    next === undefined ? "nothing is due" : `nothing is due; next: ${next.recipe} ${next.local}`,
  );
}

/** A CI machine forgets: without the journal of the last run, its slots would be paid again. */
async function refuseEmptyState({ call, config }: OpenSchedule): Promise<void> {
  const { io, flags } = call;
  if (!io.env["CI"] || flags.newState === true) return;
  if ((await pathKind(journalPath(config.stateDir))) === "file") return;
  throw new Stop(
    exitCodes.refused,
    `the state folder ${config.stateDir} is empty, and a lost journal pays again.`,
    {
      code: "no-state",
      hint: "Nothing was sent. Keep --state-dir between runs (a cache or volume); the first time, say --new-state.",
    },
  );
}
