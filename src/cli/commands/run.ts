import { agree } from "../agree.ts";
import type { Command } from "../call.ts";
import { drivePlan } from "../drive-plan.ts";
import { exitCodes } from "../exit-code.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { judgePlan } from "../judge-plan.ts";
import { withPlan } from "../prepare.ts";
import { compareWithSaved } from "../saved-plan.ts";
import { showPlan } from "./plan.ts";

/** Plans, asks where it must, and makes the videos. */
export const run: Command = async (call) => {
  const { flags, io, screen } = call;
  if (flags.dryRun === true)
    return withPlan(call, { balance: "always" }, (prepared) => showPlan(call, prepared));
  const interrupt = listenForInterrupt(io, screen);
  const { signal } = interrupt;
  try {
    return await withPlan(call, { balance: "when-paying", signal }, async (prepared) => {
      if (flags.plan !== undefined) await compareWithSaved(prepared.plan, flags.plan, io.cwd);
      await agree(call, prepared.plan, judgePlan(prepared, flags));
      return drivePlan(call, prepared, signal);
    });
  } catch (error) {
    if (signal.aborted && error === signal.reason) return exitCodes.interrupted;
    throw error;
  } finally {
    interrupt.release();
  }
};
