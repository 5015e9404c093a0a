import { formatDuration } from "../../base/duration.ts";
import type { Outage } from "../../executor/outage.ts";
import { runSchedule } from "../../executor/run-schedule.ts";
import { reportError } from "../report-error.ts";
import { slotRunner } from "../schedule/slot-runner.ts";
import { tellNext } from "../schedule/tell-next.ts";
import { tellSchedule } from "../schedule/tell-schedule.ts";
import type { UpFigures } from "./up-figures.ts";
import type { UpShared } from "./up-shared.ts";
import type { UpWork } from "./up-work.ts";

const everyMs = 5_000;
const pauseMs = 30_000;

/** Looks after the slots of all recipes until the signal comes; begins again where that fails. */
export async function keepSchedule({
  work,
  shared,
  outage,
  figures,
}: {
  readonly work: UpWork;
  readonly shared: UpShared;
  readonly outage: Outage;
  readonly figures: UpFigures;
}): Promise<void> {
  const { call, world, queue, signal, moneyFor } = shared;
  const { clock, journal } = world;
  const { screen } = call;
  tellNext(work.entries(), call);
  const tell = tellSchedule(call, "on");
  const startSlotRun = slotRunner(() => ({ call, config: shared.config(), entries: work.entries() }), {
    world,
    queue,
    outage,
    money: moneyFor,
    signal,
  });
  while (!signal.aborted) {
    try {
      await runSchedule(
        {
          entries: () => work.entries().map(({ timetable }) => timetable),
          isPaused: () => queue.isHeldBack,
          everyMs,
          mode: "until-stopped",
          startSlotRun,
          tell: (report) => {
            figures.countSlot(report);
            tell(report);
          },
          onLook: () => figures.looked(clock.now()),
          signal,
        },
        { journal, clock },
      );
    } catch (error) {
      if (signal.aborted) return;
      await reportError(error, { screen, flags: call.flags, command: "up" });
      screen.alert(`Slots are looked at again in ${formatDuration(pauseMs)}. Watches go on.`);
      await clock.sleep(pauseMs, signal).catch(() => undefined);
    }
  }
}
