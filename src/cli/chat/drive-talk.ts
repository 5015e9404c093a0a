import { stateOf } from "../../job/fold.ts";
import type { JobState } from "../../job/state.ts";
import type { PlannedJob, Reason } from "../../plan/planned-job.ts";
import type { RunPlan } from "../../plan/run-plan.ts";
import { runJobs } from "../../executor/run-jobs.ts";
import { exitCodes } from "../exit-code.ts";
import { judgePlan } from "../judge-plan.ts";
import { makePlan } from "../make-plan.ts";
import { moneyRules } from "../money-rules.ts";
import { orderOf } from "../order-of.ts";
import type { Consent } from "../consent.ts";
import { grownRecipe } from "./grown-recipe.ts";
import type { Room } from "./room.ts";
import type { Talk } from "./talk.ts";
import { talkReporter } from "./talk-reporter.ts";

/** How far the conversation came. */
export interface Driven {
  readonly exitCode: number;
  readonly talk: Talk;
  readonly reason?: Reason;
  /** The job, as the journal has it now. */
  readonly state?: JobState;
  readonly plan: RunPlan;
  /** Spending needs a person's word first: nothing was done. */
  readonly consent?: Consent;
}

export interface DriveOptions {
  /** Begins anew, whatever was made before. */
  readonly again?: boolean;
  /** A person agreed to what it costs. */
  readonly agreed?: boolean;
}

/**
 * Makes what the conversation asks for and is not made yet: its recipe is planned and run like any other, so that
 * nothing is paid twice, and whatever breaks off goes on with `resume`.
 */
export async function driveTalk(room: Room, talk: Talk, options: DriveOptions = {}): Promise<Driven> {
  const { config, world, signal } = room;
  const call = { ...room.call, flags: { ...room.call.flags, again: options.again === true } };
  const recipes = [grownRecipe(room.base, talk)];
  const runId = world.newId("run");
  const order = { call, config, world, recipes, inputs: [], runId, balance: "when-paying" } as const;
  const { plan, account } = await makePlan(order);
  if (plan.problems.some(({ severity }) => severity === "error"))
    return { exitCode: exitCodes.usage, talk, plan };
  const prepared = { config, recipes, world, runId, plan, ...(account !== undefined && { account }) };
  const consent = judgePlan(prepared, call.flags);
  if (consent.verdict === "refuse" || (consent.verdict === "ask" && options.agreed !== true))
    return { exitCode: exitCodes.refused, talk, plan, consent };
  const reporter = talkReporter(room, talk.draft);
  const outcome = await runJobs(
    {
      runId,
      orders: plan.jobs.map(orderOf),
      concurrency: { all: 1, ofRecipe: () => 1 },
      overwrite: false,
      money: moneyRules({
        backend: world.backend,
        budget: config.budget,
        maxCredits: false,
        recipes,
        figures: plan.figures,
      }),
      signal,
    },
    { ...world, reporter },
  );
  const [job] = plan.jobs;
  const jobId = reporter.jobId() ?? job?.jobId;
  const state = jobId === undefined ? undefined : stateOf(await world.journal.read(jobId));
  return {
    exitCode: outcome.exitCode,
    talk: state === undefined ? talk : talkAfter(talk, state, job?.job),
    plan,
    ...(job !== undefined && { reason: job.reason }),
    ...(state !== undefined && { state }),
  };
}

/** The conversation with what the journal knows of its job now. */
function talkAfter(talk: Talk, state: JobState, planned: PlannedJob | undefined): Talk {
  const { session, jobId } = state;
  const draft = state.drafts.get(planned?.paidKey ?? "") ?? state.newestDraft;
  return {
    ...talk,
    jobId,
    ...(session !== undefined && { session }),
    ...(draft !== undefined && { draft }),
  };
}
