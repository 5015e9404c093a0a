import type { JobOrder } from "../../executor/run-request.ts";
import type { PlannedRunJob } from "../../plan/run-plan.ts";
import { agree } from "../agree.ts";
import type { Call, Command } from "../call.ts";
import { drive } from "../drive.ts";
import { exitCodes } from "../exit-code.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { judgePlan } from "../judge-plan.ts";
import { moneyRules } from "../money-rules.ts";
import { withPlan, type Prepared } from "../prepare.ts";
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
      return start(call, prepared, signal);
    });
  } catch (error) {
    if (signal.aborted && error === signal.reason) return exitCodes.interrupted;
    throw error;
  } finally {
    interrupt.release();
  }
};

async function start(call: Call, prepared: Prepared, signal: AbortSignal): Promise<number> {
  const { plan, world, config, recipes, runId } = prepared;
  const { flags } = call;
  const { budget } = config;
  const limits = new Map(plan.recipes.map(({ name, concurrency }) => [name, concurrency]));
  const outcome = await drive(call, world, {
    runId,
    orders: plan.jobs.map(orderOf),
    concurrency: { all: config.concurrency, ofRecipe: (recipe) => limits.get(recipe) ?? config.concurrency },
    overwrite: flags.overwrite === true,
    money: moneyRules({
      backend: world.backend,
      budget,
      maxCredits: flags.maxCredits !== undefined,
      recipes,
      figures: plan.figures,
    }),
    signal,
  });
  return outcome.exitCode;
}

function orderOf({ job, reason, jobId }: PlannedRunJob): JobOrder {
  const order = { kind: "planned", job, reason } as const;
  return jobId === undefined ? order : { ...order, jobId };
}
