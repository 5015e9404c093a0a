import { jobQueue, type JobQueue } from "../../executor/job-queue.ts";
import { outageOf } from "../../executor/outage.ts";
import type { ScheduleRequest } from "../../executor/schedule-request.ts";
import { runSchedule } from "../../executor/run-schedule.ts";
import type { Command } from "../call.ts";
import { exitCodes } from "../exit-code.ts";
import { withReviews, type ReviewKeeping } from "../keep-reviews.ts";
import { openJournalFor, openWorld, type World } from "../open-world.ts";
import { nextLines, nextSlots } from "../schedule/next-slots.ts";
import { openSchedule, refuseWithoutBudget, type OpenSchedule } from "../schedule/open-schedule.ts";
import { slotRunner } from "../schedule/slot-runner.ts";
import { tellNext } from "../schedule/tell-next.ts";
import { tellSchedule } from "../schedule/tell-schedule.ts";
import { tellOutage } from "../tell-outage.ts";
import { tellUnfinished } from "../tell-unfinished.ts";
import { untilInterrupted, type IdleWhen } from "../until-interrupted.ts";
import { wallClock } from "../wall-clock.ts";

const everyMs = 5_000;

/** Runs recipes at their slots until it is stopped. With --next it prints slots and ends. */
export const schedule: Command = async (given) => {
  const open = await openSchedule(given);
  const { call, config, entries } = open;
  const { flags, screen } = call;
  if (flags.next !== undefined) {
    const slots = nextSlots(entries, wallClock.now(), flags.next);
    for (const line of flags.json === true ? slots.map((slot) => JSON.stringify(slot)) : nextLines(slots))
      screen.out(line);
    return exitCodes.done;
  }
  refuseWithoutBudget(open);
  const timetables = entries.map(({ timetable }) => timetable);
  return untilInterrupted(call, async (signal, idleWhen) => {
    const journal = await openJournalFor(call, config);
    try {
      await tellUnfinished(journal, screen);
      tellNext(entries, call);
      const reviews: ReviewKeeping = {
        call,
        journal,
        current: () => open,
        inWorld: (decide) => withWorld(open, decide, signal),
        signal,
      };
      await withReviews(reviews, () =>
        runSchedule(
          {
            entries: () => timetables,
            everyMs,
            mode: "until-stopped",
            startSlotRun: countedRuns(
              slotRunner(() => open, { signal, isPatient: true }),
              idleWhen,
            ),
            tell: tellSchedule(call, "on"),
            signal,
          },
          { journal, clock: wallClock },
        ),
      );
      return exitCodes.interrupted;
    } finally {
      await journal.close();
    }
  });
};

function countedRuns(
  run: ScheduleRequest["startSlotRun"],
  idleWhen: IdleWhen,
): ScheduleRequest["startSlotRun"] {
  let going = 0;
  idleWhen(() => going === 0);
  return async (slot, start) => {
    going += 1;
    return run(slot, start).finally(() => (going -= 1));
  };
}

/** Each run opens its own and closes it behind it; nobody sits there who could go on after an outage. */
async function withWorld(
  { call, config }: OpenSchedule,
  work: (world: World, queue: JobQueue) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const world = await openWorld(call, config, signal);
  const outage = outageOf(world, { tell: tellOutage(call), signal });
  await work(world, jobQueue({ concurrency: config.concurrency, outage })).finally(() => world.close());
}
