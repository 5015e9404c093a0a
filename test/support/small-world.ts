import { runJobs } from "../../src/executor/run-jobs.ts";
import type { Journal, Report, RunOutcome } from "../../src/executor/ports.ts";
import type { JobOrder, RunPorts, RunRequest } from "../../src/executor/run-request.ts";
import { memoryJournal } from "../../src/journal/memory-journal.ts";
import type { PlannedJob } from "../../src/plan/planned-job.ts";
import { fakeBackend, type FakeBackend } from "../sim/fake-backend.ts";
import { fakeService, noTrouble } from "../sim/fake-service.ts";
import { freeSpending } from "./free-spending.ts";
import { paperFiles } from "./paper-files.ts";
import { plannedJob, sha256 } from "./planned-job.ts";
import { seededRandom } from "./seeded-random.ts";
import { stepClock, type StepClock } from "./step-clock.ts";

export interface World {
  readonly clock: StepClock;
  readonly backend: FakeBackend;
  readonly ports: RunPorts;
  readonly reports: Report[];
  readonly run: (orders: readonly JobOrder[], change?: Partial<RunRequest>) => Promise<RunOutcome>;
}

/** An executor with all its ports, on paper and under a step clock. `change` puts other ports in. */
export function world(change: (ports: RunPorts) => Partial<RunPorts> = () => ({})): World {
  const clock = stepClock();
  const random = seededRandom(7);
  const backend = fakeBackend(clock, random);
  const reports: Report[] = [];
  let ids = 0;
  const usual: RunPorts = {
    service: fakeService({ backend, clock, random, trouble: () => noTrouble }),
    journal: memoryJournal(clock),
    files: paperFiles(),
    reporter: { report: (report) => void reports.push(report) },
    clock,
    hash: sha256,
    newId: (prefix) => `${prefix}_${ids++}`,
    chance: () => random.next(),
  };
  const ports = { ...usual, ...change(usual) };
  const run: World["run"] = (orders, changed) => {
    const concurrency = { all: 4, ofRecipe: () => 4 };
    const signal = new AbortController().signal;
    return clock.run(
      runJobs(
        {
          runId: `run_${ids++}`,
          orders,
          concurrency,
          overwrite: false,
          money: freeSpending,
          signal,
          ...changed,
        },
        ports,
      ),
    );
  };
  return { clock, backend, ports, reports, run };
}

export const order = (job: PlannedJob): JobOrder => ({ kind: "planned", job, reason: "new" });
export const jobsNamed = (count: number): JobOrder[] =>
  Array.from({ length: count }, (_, index) => order(plannedJob({ name: `job-${index}` })));
export const resumed = (jobId: string, name = "promo"): JobOrder => ({
  kind: "resumed",
  jobId,
  name,
  recipe: "promo",
});

export async function onlyJobId(journal: Journal): Promise<string> {
  const [row] = await journal.findJobs("");
  if (row === undefined) throw new Error("no job in the journal");
  return row.jobId;
}
