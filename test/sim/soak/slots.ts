import { orderOf } from "../../../src/cli/order-of.ts";
import { Failure } from "../../../src/base/failure.ts";
import { isAway, type Outage } from "../../../src/executor/outage.ts";
import type { PlanRequest } from "../../../src/executor/plan-request.ts";
import type { RunPlan } from "../../../src/plan/run-plan.ts";
import { planRun } from "../../../src/executor/plan-run.ts";
import { runJobs } from "../../../src/executor/run-jobs.ts";
import type { JobQueue } from "../../../src/executor/job-queue.ts";
import type { RunPorts } from "../../../src/executor/run-request.ts";
import { runSchedule } from "../../../src/executor/run-schedule.ts";
import type { ScheduleReport } from "../../../src/executor/schedule-request.ts";
import { pathsFor } from "../../../src/plan/paths.ts";
import type { Timetable } from "../../../src/schedule/timetable.ts";
import type { Recipe } from "../../../src/recipe/recipe.ts";
import { freeSpending } from "../../support/free-spending.ts";
import { recipeOf } from "../../support/plan-for.ts";
import { openTimetable } from "../../schedule/open-timetable.ts";

const recipeFor = (name: string): Recipe =>
  recipeOf(`name: ${name}\nprompts: "${name} of \${{ run.slot }}"\n`, `${name}.yaml`);

interface Entry {
  readonly recipe: Recipe;
  readonly timetable: Timetable;
}

const entry = (name: string, cron: Parameters<typeof openTimetable>[0]): Entry => ({
  recipe: recipeFor(name),
  timetable: openTimetable(cron, name),
});

/** `every` makes each of its slots, come what may; the others leave some out, and say so. */
export const entries: readonly Entry[] = [
  entry("every", { cron: "0 * * * *", catchUp: "all", overlap: "parallel" }),
  entry("newest", { cron: "*/15 * * * *", jitterMs: 120_000 }),
  entry("queue", { cron: "*/30 * * * *", overlap: "queue" }),
];

export interface SlotDaemon {
  readonly ports: RunPorts;
  readonly queue?: JobQueue;
  /** Waits for a service that does not answer. */
  readonly outage?: Outage;
  readonly mode: "until-stopped" | "once";
  readonly tell: (report: ScheduleReport) => void;
  readonly signal: AbortSignal;
}

/** Looks after all slots, each planned and driven as the command line does it. */
export function lookAfterSlots(daemon: SlotDaemon): Promise<unknown> {
  const { ports, queue, mode, tell, signal } = daemon;
  return runSchedule(
    {
      entries: () => entries.map(({ timetable }) => timetable),
      everyMs: 5_000,
      isPaused: () => queue?.isHeldBack === true,
      mode,
      tell,
      signal,
      startSlotRun: async (slot, { onBegin }) => {
        onBegin();
        const open = entries.find(({ timetable }) => timetable.entry === slot.entry);
        if (open === undefined) throw new Error(`whose slot is ${slot.slotId}?`);
        const runId = ports.newId("run");
        const run = { id: runId, startedAtMs: ports.clock.now(), slotAtMs: slot.atMs, timezone: "UTC" };
        try {
          const plan = await patientPlan({ ...planning, recipes: [open.recipe], run }, daemon);
          const request = {
            runId,
            orders: plan.jobs.map(orderOf),
            concurrency: { all: 4, ofRecipe: () => 2 },
            overwrite: false,
            money: freeSpending,
            signal,
          };
          return await runJobs(request, ports, queue);
        } catch {
          return { exitCode: 1 };
        }
      },
    },
    ports,
  );
}

async function patientPlan(request: PlanRequest, { ports, outage, signal }: SlotDaemon): Promise<RunPlan> {
  for (;;) {
    try {
      return await planRun(request, ports);
    } catch (error) {
      if (outage === undefined || !(error instanceof Failure) || !isAway(error.facts)) throw error;
      await outage.passed(signal);
    }
  }
}

const planning = {
  params: {},
  env: {},
  language: "en",
  backend: "https://service.test",
  account: "account",
  poll: { stateMs: 10_000, renderMs: 30_000 },
  cwd: "/work",
  paths: pathsFor(false),
  overrides: {},
  balance: "when-paying",
} as const;
