import { memoryJournal } from "../../src/journal/memory-journal.ts";
import { stateOf } from "../../src/job/fold.ts";
import type { RecordedEvent } from "../../src/job/event.ts";
import type { JobState } from "../../src/job/state.ts";
import type { Journal } from "../../src/executor/ports.ts";
import { runJobs } from "../../src/executor/run-jobs.ts";
import type { JobOrder, RunPorts } from "../../src/executor/run-request.ts";
import type { PlannedJob } from "../../src/plan/planned-job.ts";
import { paperFiles } from "../support/paper-files.ts";
import { plannedJob, sha256 } from "../support/planned-job.ts";
import { seededRandom, type Random } from "../support/seeded-random.ts";
import { stepClock } from "../support/step-clock.ts";
import { Crash, lifeOf, type Life } from "./crashing.ts";
import { fakeBackend, type AcceptedTurn, type FakeBackend } from "./fake-backend.ts";
import { budgetOf, rulesFor, type SimBudget } from "./sim-budget.ts";
import { impatienceOf } from "./impatience.ts";
import { reviewerOf } from "./reviewer.ts";
import { fakeService, noTrouble, type Trouble } from "./fake-service.ts";

/** What came of one simulated story: a run, its crashes, and as many resumes as it took. */
export interface Story {
  readonly seed: number;
  readonly lives: number;
  /** Absent in a story without a limit. */
  readonly budget?: SimBudget;
  readonly accepted: readonly AcceptedTurn[];
  /** What a session holds in the end. */
  readonly filesOf: FakeBackend["filesOf"];
  /** The draft that a session shows at a time, as its backend knows it. */
  readonly draftAt: FakeBackend["draftAt"];
  readonly jobs: readonly JobState[];
  readonly events: readonly RecordedEvent[];
  readonly virtualMs: number;
}

/** Changes what the lives of a story use: the place where a planted bug goes in. Called once a life. */
export type Mutation = (ports: RunPorts, life: Life) => RunPorts;

/** After so many restarts all faults stop: then a story must come to its end. */
const resumesInTrouble = 12;
const mostResumes = 60;
const pauses: Readonly<Record<SimBudget["scope"], number>> = { job: 1, run: 1, day: 10, month: 100 };

/** Runs a whole story under virtual time. The same seed gives the same story. */
export async function simulate(seed: number, mutate: Mutation = (ports) => ports): Promise<Story> {
  const random = seededRandom(seed);
  const clock = stepClock();
  const startMs = clock.now();
  const trouble: Trouble = random.pick([
    noTrouble,
    { calls: 0.05, turns: 0.3, stale: 0.1, renders: 0.2 },
    { calls: 0.02, turns: 0.7, stale: 0, renders: 0.1 },
    { calls: 0.2, turns: 0.2, stale: 0.3, renders: 0.4 },
  ]);
  const budget = budgetOf(seed);
  const crashShare = random.pick([0, 0.01, 0.05]);
  const reviewer = reviewerOf(seed);
  const isAnswered = impatienceOf(seed);
  const plans = plansOf(random).map((job) => reviewer.prepare(job));
  const backend = fakeBackend(clock, random);
  const journal = memoryJournal(clock);
  let lives = 0;
  let troubled = true;
  const service = fakeService({ backend, clock, random, trouble: () => (troubled ? trouble : noTrouble) });
  const files = paperFiles();

  const live = async (orders: readonly JobOrder[]): Promise<void> => {
    lives += 1;
    const life = lifeOf(random, () => (troubled ? crashShare : 0));
    const ids = { next: 0 };
    const ports: RunPorts = {
      service: life.wrap(service),
      journal: life.wrap(journal),
      files: life.wrap(files),
      reporter: { report: () => undefined },
      clock,
      hash: sha256,
      newId: (prefix) => `${prefix}-${seed}-${lives}-${ids.next++}`,
      chance: () => random.next(),
    };
    const run = runJobs(
      {
        runId: `run-${lives}`,
        orders,
        concurrency: { all: random.between(1, 3), ofRecipe: () => 3 },
        overwrite: false,
        money: rulesFor(budget),
        isAnswered,
        signal: new AbortController().signal,
      },
      mutate(ports, life),
    );
    await clock.run(run).catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
    });
    await life.releaseLocks();
  };

  await live(plans.map((job) => ({ kind: "planned", job, reason: "new" })));
  for (let resumes = 0; resumes < mostResumes; resumes++) {
    if (resumes > resumesInTrouble) troubled = false;
    const decided = await reviewer.look(journal, !troubled);
    const left = await ordersLeft(journal, plans, troubled);
    const orders = [...decided, ...left.filter((order) => !decided.some((one) => one.jobId === order.jobId))];
    if (orders.length === 0) break;
    const pauseMs = random.between(0, 3_600_000);
    // So that days and months end within a story.
    await clock.run(clock.sleep(pauseMs * (budget === undefined ? 1 : pauses[budget.scope])));
    await live(orders);
  }
  const events = (
    await Promise.all((await journal.findJobs("")).map(({ jobId }) => journal.read(jobId)))
  ).flat();
  const jobs = await statesOf(journal);
  const { accepted, draftAt, filesOf } = backend;
  const virtualMs = clock.now() - startMs;
  return { seed, lives, ...(budget && { budget }), accepted, draftAt, filesOf, jobs, events, virtualMs };
}

function plansOf(random: Random): PlannedJob[] {
  return Array.from({ length: random.between(1, 3) }, (_, job) =>
    plannedJob({
      name: `job-${job}`,
      uploads: random.between(0, 2),
      turns: Array.from({ length: random.between(1, 4) }, (__, turn) => ({
        prompt: `job ${job}, turn ${turn}`,
      })),
      exports: random.between(1, 2),
      isSequence: random.chance(0.3),
    }),
  );
}

/** Jobs that are not at rest, as `resume` finds them; and failed ones, which a person would run again. */
async function ordersLeft(
  journal: Journal,
  plans: readonly PlannedJob[],
  isHopeful: boolean,
): Promise<JobOrder[]> {
  const states = await statesOf(journal);
  const resumed = states
    .filter((state) => !isAtRest(state) || (isHopeful && state.failure?.code === "over-budget"))
    .map((state): JobOrder => ({
      kind: "resumed",
      jobId: state.jobId,
      name: state.plan.name,
      recipe: "promo",
    }));
  const begun = new Set(states.map((state) => state.plan.name));
  const unbegun = plans.filter((job) => !begun.has(job.name));
  return [...resumed, ...unbegun.map((job): JobOrder => ({ kind: "planned", job, reason: "new" }))];
}

const finalCodes = new Set(["no-video", "session-lost", "expectation-unmet", "over-budget"]);

/** Delivered, parked for a person, or failed for a reason that only a person can take away. */
export function isAtRest(state: JobState): boolean {
  if (state.status === "finished" || isParked(state)) return true;
  return state.status === "failed" && finalCodes.has(state.failure?.code ?? "");
}

export function isParked(state: JobState): boolean {
  return [...state.turns.values()].some((turn) => turn.status === "unknown");
}

async function statesOf(journal: Journal): Promise<JobState[]> {
  const rows = await journal.findJobs("");
  const states = await Promise.all(rows.map(async ({ jobId }) => stateOf(await journal.read(jobId))));
  return states.filter((state) => state !== undefined);
}
