import { Failure } from "../../base/failure.ts";
import { newsOf } from "../../base/news-of.ts";
import { jobQueue } from "../../executor/job-queue.ts";
import { isAway, outageOf, type Outage } from "../../executor/outage.ts";
import type { RunOutcome, SlotRunEnd } from "../../executor/ports.ts";
import type { ScheduleRequest } from "../../executor/schedule-request.ts";
import { drivePlan, type Driving } from "../drive-plan.ts";
import { exitCodes } from "../exit-code.ts";
import { judgePlan } from "../judge-plan.ts";
import { prepareIn, type Prepared, type RecipesOrder } from "../prepare.ts";
import { reportError } from "../report-error.ts";
import { tellNotBegun } from "../notify/with-notices.ts";
import { openWorld, type World } from "../open-world.ts";
import { exitCodeFor, Stop } from "../stop.ts";
import { tellOutage } from "../tell-outage.ts";
import type { OpenSchedule } from "./open-schedule.ts";

export interface SlotRunning extends Driving {
  /** Open already, and shared; without it each run opens its own. */
  readonly world?: World;
  /** Waits for a service that does not answer; without it the run fails then. */
  readonly outage?: Outage;
  /** Without a world: whether each run waits for such a service. */
  readonly isPatient?: boolean;
}

/**
 * Makes a run of a slot, planned and driven as `run` does, from the recipe as it is when the slot begins. What goes
 * wrong is told, and is the slot's exit code. What keeps a slot from beginning is told once, however often it is tried.
 */
export function slotRunner(
  current: () => Pick<OpenSchedule, "call" | "config" | "entries">,
  running: SlotRunning,
): ScheduleRequest["startSlotRun"] {
  const { signal } = running;
  const isNews = newsOf();
  return async (slot, { formerExitCode, onBegin }) => {
    const { call, config, entries } = current();
    const { screen, flags } = call;
    const open = entries.find(({ timetable }) => timetable.entry === slot.entry);
    if (open === undefined) return { exitCode: exitCodes.bug };
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
    const work = async (prepared: Prepared, driving: Driving): Promise<SlotRunEnd> => {
      const consent = judgePlan(prepared, { ...flags, yes: true });
      if (consent.verdict === "refuse") throw consent.stop;
      if (consent.warning !== undefined) screen.note(`${screen.paint.yellow("warning:")} ${consent.warning}`);
      signal.throwIfAborted();
      hasBegun = true;
      onBegin();
      const outcome = await drivePlan(call, prepared, driving);
      return { exitCode: outcome.exitCode, isGivenBack: paidNothing(outcome) };
    };
    try {
      return await inWorld(running, { call, config }, async (world, there) =>
        work(await patientPlan(order, { call, world, running: there }), there),
      );
    } catch (error) {
      if (signal.aborted && error === signal.reason)
        return { exitCode: exitCodes.interrupted, isGivenBack: !hasBegun };
      const passes = !hasBegun && isPassing(error);
      if (!passes) onBegin();
      const exitCode = exitCodeFor(error);
      if (!passes || isNews(`${slot.slotId} ${String(error)}`))
        await reportError(error, { screen, flags, command: "schedule" });
      if (!hasBegun && exitCode !== formerExitCode)
        await tellNotBegun(call, { config, recipes: [recipe], slot: facts, signal }, error);
      return { exitCode, isGivenBack: passes };
    }
  };
}

/** A service that is away comes back; a day's budget, a balance and a limit can have room again. */
function isPassing(error: unknown): boolean {
  if (error instanceof Stop) return error.exitCode === exitCodes.refused;
  return error instanceof Failure && (isAway(error.facts) || exitCodeFor(error) === exitCodes.refused);
}

/** Another run had the last of a budget between the plan and the first turn: no job of this one went further. */
function paidNothing({ exitCode, counts, credits, costUnknown }: RunOutcome): boolean {
  return exitCode === exitCodes.refused && counts.succeeded === 0 && credits === 0 && !costUnknown;
}

/** The world that is shared; else one that is opened for this run and closed behind it. */
async function inWorld(
  running: SlotRunning,
  { call, config }: Pick<OpenSchedule, "call" | "config">,
  work: (world: World, running: SlotRunning) => Promise<SlotRunEnd>,
): Promise<SlotRunEnd> {
  const { world, isPatient, signal } = running;
  if (world !== undefined) return work(world, running);
  const own = await openWorld(call, config, signal);
  try {
    if (isPatient !== true) return await work(own, running);
    const outage = outageOf(own, { tell: tellOutage(call), signal });
    const queue = jobQueue({ concurrency: config.concurrency, outage });
    return await work(own, { ...running, outage, queue });
  } finally {
    await own.close();
  }
}

const mostTries = 3;

/** A plan costs nothing: while the service does not answer, it is made again when it does. */
async function patientPlan(
  order: RecipesOrder,
  {
    call,
    world,
    running,
  }: Pick<OpenSchedule, "call"> & {
    readonly world: World;
    readonly running: SlotRunning;
  },
): Promise<Prepared> {
  const { outage, signal } = running;
  for (let tries = 1; ; tries++)
    try {
      return await prepareIn(world, call, order);
    } catch (error) {
      if (outage === undefined || !(error instanceof Failure) || !isAway(error.facts)) throw error;
      if (!(await outage.passed(signal)) && tries >= mostTries) throw error;
    }
}
