import { agree } from "../agree.ts";
import type { Call, Command } from "../call.ts";
import { drivePlan } from "../drive-plan.ts";
import { judgePlan } from "../judge-plan.ts";
import { withPlan } from "../prepare.ts";
import type { ReportRun } from "../page/report-run.ts";
import { compareWithSaved } from "../saved-plan.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { showPlan } from "./plan.ts";

/** Plans, asks where it must, and makes the videos. */
export const run: Command = async (call) => {
  const { flags, io } = call;
  if (flags.dryRun === true)
    return withPlan(call, { balance: "always" }, (prepared) => showPlan(call, prepared));
  const report = await reportOf(call);
  return untilInterrupted(call, (signal) =>
    withPlan(call, { balance: "when-paying", signal }, async (prepared) => {
      if (flags.plan !== undefined) await compareWithSaved(prepared.plan, flags.plan, io.cwd);
      await agree(call, prepared.plan, judgePlan(prepared, flags, true));
      try {
        return (await drivePlan(call, prepared, { signal })).exitCode;
      } finally {
        await report?.(prepared);
      }
    }),
  );
};

/** A run without a page loads nothing of it. */
async function reportOf(call: Call): Promise<ReportRun | undefined> {
  const { report } = call.flags;
  if (report === undefined) return undefined;
  const { openRunReport } = await import("../page/report-run.ts");
  return openRunReport(report, call);
}
