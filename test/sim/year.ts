// A year of one process that runs a recipe again and again: the real journal on a disk, the real executor, one signal
// for all of it, and a service under virtual time. Prints the heap behind each thirtieth day, and what became of time.
// node --expose-gc test/sim/year.ts <days> <jobs a day>
import { createHash } from "node:crypto";
import { getEventListeners } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Journal } from "../../src/executor/ports.ts";
import { runJobs } from "../../src/executor/run-jobs.ts";
import { openJournal } from "../../src/journal/sqlite-journal.ts";
import { freeSpending } from "../support/free-spending.ts";
import { paperFiles } from "../support/paper-files.ts";
import { plannedJob, sha256 } from "../support/planned-job.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { stepClock } from "../support/step-clock.ts";
import { fakeBackend } from "./fake-backend.ts";
import { fakeService, type Trouble } from "./fake-service.ts";

const [days = 365, jobsADay = 4] = process.argv.slice(2).map(Number);
const dayMs = 86_400_000;
const trouble: Trouble = { calls: 0.02, turns: 0.1, stale: 0.05, renders: 0.05 };

let waiting = 0;
const clock = stepClock(Date.UTC(2026, 0, 1), () => waiting > 0);
const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "nemo-year-"));
// The wall's clock has whole milliseconds only.
const wholeClock = { ...clock, now: () => Math.round(clock.now()) };
const journal = busy(
  await openJournal({ path: join(folder, "journal.db"), clock: wholeClock, onWarning: console.error }),
);
const stop = new AbortController();

/** Virtual time stands while the disk works. */
function busy(port: Journal): Journal {
  return new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return async (...parameters: unknown[]) => {
        waiting += 1;
        try {
          return (await Reflect.apply(member, target, parameters)) as unknown;
        } finally {
          waiting -= 1;
        }
      };
    },
  });
}

/** One day; returns what happened at which time of the day. The same day each day: it must go the same way. */
async function live(day: number): Promise<string> {
  const startMs = clock.now();
  const random = seededRandom(7);
  const backend = fakeBackend(clock, random);
  const service = fakeService({ backend, clock, random, trouble: () => trouble });
  const files = paperFiles();
  const told = createHash("sha256");
  for (let nth = 0; nth < jobsADay; nth++) {
    let ids = 0;
    const request = {
      runId: `run-${day}-${nth}`,
      orders: [
        {
          kind: "planned",
          job: plannedJob({ name: `job-${day}-${nth}`, uploads: 2 }),
          reason: "new",
        } as const,
      ],
      concurrency: { all: 2, ofRecipe: () => 2 },
      overwrite: false,
      money: freeSpending,
      signal: stop.signal,
    };
    const ports = {
      service,
      journal,
      files,
      clock,
      hash: sha256,
      newId: (prefix: string) => `${prefix}-${day}-${nth}-${ids++}`,
      chance: () => random.next(),
      reporter: {
        report: (report: { type: string; atMs: number }) =>
          void told.update(`${report.type} ${report.atMs - startMs}\n`),
      },
    };
    await clock.run(runJobs(request, ports));
    await clock.run(clock.sleep(Math.max(1, startMs + ((nth + 1) * dayMs) / jobsADay - clock.now())));
  }
  return told.digest("hex");
}

function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const heaps: number[] = [];
const stories = new Set<string>();
let turns = 0;
for (let day = 1; day <= days; day++) {
  stories.add(await live(day));
  turns += jobsADay;
  if (day % 30 === 0) heaps.push(heapBytes());
}
const virtualDays = (clock.now() - Date.UTC(2026, 0, 1)) / dayMs;
const listeners = getEventListeners(stop.signal, "abort").length;
const kept = (await journal.findJobs("")).length;
await journal.close();
rmSync(folder, { recursive: true });
console.log(JSON.stringify({ virtualDays, jobs: turns, kept, stories: stories.size, listeners, heaps }));
