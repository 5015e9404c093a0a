import type { Slot } from "../../base/slot.ts";
import { drivePlan } from "../drive-plan.ts";
import { exitCodes } from "../exit-code.ts";
import { judgePlan } from "../judge-plan.ts";
import { withPlanOf } from "../prepare.ts";
import { reportError } from "../report-error.ts";
import { tellNotBegun } from "../notify/with-notices.ts";
import type { OpenSchedule } from "./open-schedule.ts";

/** Makes a run of a slot, planned and driven as `run` does. What goes wrong is told, and is the slot's exit code. */
export function slotRunner(
  { call, config, entries }: OpenSchedule,
  signal: AbortSignal,
): (slot: Slot) => Promise<number> {
  const { screen, flags } = call;
  return async (slot) => {
    const open = entries.find(({ timetable }) => timetable.entry === slot.entry);
    if (open === undefined) return exitCodes.bug;
    const { recipe, entry } = open;
    const facts = { atMs: slot.atMs, timezone: entry.timezone, params: entry.params };
    const order = {
      config,
      recipes: [recipe],
      inputs: [],
      slot: facts,
      balance: "when-paying",
      signal,
    } as const;
    let hasBegun = false;
    try {
      return await withPlanOf(call, order, async (prepared) => {
        const consent = judgePlan(prepared, { ...flags, yes: true });
        if (consent.verdict === "refuse") throw consent.stop;
        if (consent.warning !== undefined)
          screen.note(`${screen.paint.yellow("warning:")} ${consent.warning}`);
        hasBegun = true;
        return drivePlan(call, prepared, signal);
      });
    } catch (error) {
      if (signal.aborted && error === signal.reason) return exitCodes.interrupted;
      const code = await reportError(error, { screen, verbose: flags.verbose === true, command: "schedule" });
      if (!hasBegun) await tellNotBegun(call, { config, recipes: [recipe], slot: facts, signal }, error);
      return code;
    }
  };
}
