import { stateOf } from "../../job/fold.ts";
import { mayBeLive, type JobState } from "../../job/state.ts";
import { isIdle } from "../../plan/is-at-head.ts";
import { lineOfJob } from "../../plan/line-of-job.ts";
import type { PlannedJob, Reason } from "../../plan/planned-job.ts";
import type { PlannedRunJob, RunPlan } from "../../plan/run-plan.ts";
import { runJobs } from "../../executor/run-jobs.ts";
import type { Consent } from "../consent.ts";
import { exitCodes } from "../exit-code.ts";
import { judgePlan } from "../judge-plan.ts";
import { knownAccount } from "../known-account.ts";
import { makePlan, type MadePlan } from "../make-plan.ts";
import { moneyRules } from "../money-rules.ts";
import { orderOf } from "../order-of.ts";
import type { Expectation } from "./expectation-of.ts";
import { grownRecipe } from "./grown-recipe.ts";
import { openTalkReporter } from "./open-talk-reporter.ts";
import type { Room } from "./room.ts";
import type { Talk } from "./talk.ts";

/** How far the conversation came. */
export interface Driven {
  readonly exitCode: number;
  readonly talk: Talk;
  readonly plan: RunPlan;
  readonly reason?: Reason;
  /** The job, as the journal has it now. */
  readonly state?: JobState;
  /** The last request has left, or was made before. */
  readonly isSent: boolean;
  /** The last request changed nothing, and cost nothing as far as is known. */
  readonly isIdle?: boolean;
  /** Spending is refused, or needs a person's word first: nothing was done. */
  readonly consent?: Consent;
}

export interface DriveOptions {
  /** Begins anew, whatever was made before. */
  readonly again?: boolean;
  /** A person agreed to what it costs. */
  readonly isAgreed?: boolean;
  readonly expectation?: Expectation;
  /** What is exported is to be looked at, and is no result. */
  readonly isPreview?: boolean;
}

/**
 * Makes what the conversation asks for and is not made yet: its recipe is planned and run like any other, so that
 * nothing is paid twice, and whatever breaks off goes on with `resume`.
 */
export async function driveTalk(room: Room, talk: Talk, options: DriveOptions = {}): Promise<Driven> {
  const { config, signal, voice, words, base, now } = room;
  Object.assign(now, { talk, words, base });
  const { world } = room.files;
  const call = { ...room.call, flags: { ...room.call.flags, again: options.again === true } };
  const recipes = [grownRecipe(base, talk)];
  const runId = world.newId("run");
  const isNewHere = (await knownAccount(call, config, world)) === undefined;
  const order = { call, config, world, recipes, inputs: [], runId, balance: "when-paying" } as const;
  const made: MadePlan = await makePlan(order);
  const { plan } = made;
  const [job] = plan.jobs;
  const stopped = { talk, plan, isSent: false };
  if (job === undefined) return { ...stopped, exitCode: exitCodes.usage };
  if (isNewHere && plan.balance !== undefined) voice.say(words.accountReady(plan.balance.available));
  const consent = judgePlan({ config, recipes, world, runId, ...made }, call.flags);
  if (consent.verdict === "refuse" || (consent.verdict === "ask" && options.isAgreed !== true))
    return { ...stopped, exitCode: exitCodes.refused, consent };
  tellCost(plan, consent, room);
  sayHow(job, talk, room);
  const reporter = openTalkReporter(room, talk.draft, options);
  const { exitCode } = await runJobs(
    {
      runId,
      orders: plan.jobs.map(orderOf),
      concurrency: { all: 1, ofRecipe: () => 1 },
      overwrite: false,
      money: moneyRules({ backend: world.backend, config, recipes, figures: plan.figures }),
      signal,
      isAnswered: room.goingOn.isOver,
    },
    { ...world, reporter },
  );
  const jobId = reporter.jobId() ?? job.jobId;
  const state = jobId === undefined ? undefined : stateOf(await world.journal.read(jobId));
  if (state === undefined) return { ...stopped, exitCode, reason: job.reason };
  return {
    exitCode,
    plan,
    reason: job.reason,
    state,
    talk: talkAfter(talk, state, job.job),
    isSent: isSent(state, job.job),
    isIdle: isIdleTurn(state, job.job),
  };
}

/** Before credits are spent: what a request costs, credits that may not suffice, a token that ends soon. Each once. */
function tellCost(
  { totals: { paying, credits }, balance }: RunPlan,
  { tokenWarning }: Extract<Consent, { verdict: "go" | "ask" }>,
  { voice, words, world, warned }: Room,
): void {
  if (world.backend === "local" || paying === 0) return;
  const once = (subject: string, text: string): void => {
    if (!warned.has(subject)) voice.say(text);
    warned.add(subject);
  };
  const { low, high } = credits;
  const range = low === high ? String(high) : `${low}–${high}`;
  once("cost", words.estimate(range, balance?.available));
  if (balance !== undefined && balance.available < high)
    once("balance", words.mayNotSuffice(high, balance.available));
  if (tokenWarning !== undefined) once("token", tokenWarning);
}

/** Says what former work means for this request, where it is not simply the next one. */
function sayHow({ reason, jobId, turns }: PlannedRunJob, talk: Talk, { voice, words }: Room): void {
  if (reason === "new" && talk.jobId !== undefined && turns.missing > 1)
    voice.say(words.beginsAnew(turns.missing));
  const isFound = talk.jobId === undefined && jobId !== undefined;
  if (isFound && (reason === "continue" || reason === "go-on")) voice.say(words.goesOn(jobId));
}

/** The conversation with what the journal knows of its job now. */
function talkAfter(talk: Talk, state: JobState, { paidKey }: PlannedJob): Talk {
  const { session, jobId, plan } = state;
  // What was exported of the same draft in an earlier life is there already.
  const known = plan.steps.filter((step) => step.kind !== "export" || step.draftKey === paidKey);
  const line = talk.jobId === undefined && plan.paidKey === paidKey ? lineOfJob({ steps: known }) : talk.line;
  const draft = state.drafts.get(paidKey) ?? state.newestDraft;
  return {
    ...talk,
    line,
    jobId,
    isLive: mayBeLive(state),
    ...(session !== undefined && { session }),
    ...(draft !== undefined && { draft }),
  };
}

function isIdleTurn({ turns }: JobState, { paidKey }: PlannedJob): boolean {
  const turn = turns.get(paidKey);
  return turn !== undefined && isIdle(turn);
}

function isSent({ turns }: JobState, { paidKey }: PlannedJob): boolean {
  const status = turns.get(paidKey)?.status;
  return status !== undefined && status !== "not-sent";
}
