// A watched folder and three schedules, left alone: drops, renames, slow copies, slots; kills, restarts, a lid that
// closes, a clock that is set, a drive that goes away, a service in trouble. Prints what was found as JSON.
// node --expose-gc test/sim/soak/soak.ts <seed> <virtual hours>
import { jobQueue, type JobQueue } from "../../../src/executor/job-queue.ts";
import { outageOf } from "../../../src/executor/outage.ts";
import type { ScheduleReport } from "../../../src/executor/schedule-request.ts";
import { recipeOf } from "../../support/plan-for.ts";
import { startStoryWatch } from "../../watch/start-story-watch.ts";
import { disturbFolder } from "./disturb-folder.ts";
import { judge, missingPhotos } from "./judge.ts";
import { lookIn, openJobs } from "./person.ts";
import { entries, lookAfterSlots } from "./slots.ts";
import { soakWorld } from "./world.ts";
import type { Trouble } from "../fake-service.ts";

const [seed = 1, hours = 24] = process.argv.slice(2).map(Number);
const hourMs = 3_600_000;
const minuteMs = 60_000;
const world = await soakWorld(seed);
const { machine, random, journal, tree } = world;
const { steps } = machine;
const startMs = machine.now();
const told: ScheduleReport[] = [];
const counts = {
  drops: 0,
  kills: 0,
  restarts: 0,
  suspends: 0,
  clockSteps: 0,
  ticks: 0,
  visits: 0,
  decided: 0,
};
const heaps: number[] = [];
let stoppedAtMs = 0;

const clip = recipeOf(
  `name: clip\nwatch: { folder: inbox }\nprompts: "animate \${{ input.hash }}"\npoll: { state: 10s, render: 30s }\n`,
  "clip.yaml",
);
// Behind these a job is over, and only a fresh take makes its video.
const without = ["asks-a-question", "no-credits", "rate-line-before"] as const;
const weathers: readonly Trouble[] = [
  { calls: 0, turns: 0, stale: 0, renders: 0 },
  { calls: 0.03, turns: 0.2, stale: 0.1, renders: 0.1, without },
  { calls: 0.15, turns: 0.5, stale: 0.2, renders: 0.3, without },
  { calls: 0.95, turns: 0.1, stale: 0, renders: 0, without },
];

interface Program {
  readonly queue: JobQueue;
  stop(): Promise<unknown>;
  kill(): void;
}

/** Watch and schedule in one process, with one queue; or a second process with the schedule alone. */
function begin(withWatch: boolean): Program {
  const process = machine.start();
  const ports = world.portsOf(process);
  const stop = new AbortController();
  const { signal } = stop;
  const outage = outageOf(ports, { tell: () => undefined, signal });
  const queue = jobQueue({ concurrency: 4, outage });
  const tell = (report: ScheduleReport): void => void told.push(report);
  const slots = lookAfterSlots({ ports, queue, outage, mode: "until-stopped", tell, signal });
  const watch = withWatch
    ? startStoryWatch(
        {
          recipe: clip,
          tree: process.wrap(tree),
          startHints: async (request, isLarge) => {
            const hints = await tree.startHints(request, isLarge);
            process.atEnd(() => void hints.close());
            return hints;
          },
          clock: process.clock,
          ports,
          say: () => undefined,
          tell: () => undefined,
          after: async () => undefined,
        },
        { concurrency: 3, queue },
      )
    : undefined;
  slots.catch(() => undefined);
  return {
    queue,
    stop: async () => {
      stop.abort(new Error("stopped"));
      await Promise.all([watch?.stop(), slots]);
      process.kill();
    },
    kill: () => {
      process.kill();
      // What listens to its signals goes as it does with a process.
      stop.abort(new Error("killed"));
      watch?.stop().catch(() => undefined);
    },
  };
}

/** Something befalls the machine. */
async function befall(programs: [Program, Program]): Promise<void> {
  const what = random.pick(["kill", "kill", "restart", "suspend", "clock", "tick"] as const);
  const which = random.pick([0, 1] as const);
  if (what === "suspend") {
    counts.suspends += 1;
    machine.suspend(random.between(1, 90) * minuteMs);
  } else if (what === "clock") {
    counts.clockSteps += 1;
    machine.setClock(random.between(-10, 15) * minuteMs);
  } else if (what === "tick") {
    counts.ticks += 1;
    const process = machine.start();
    const ports = world.portsOf(process);
    const tell = (report: ScheduleReport): void => void told.push(report);
    await lookAfterSlots({ ports, mode: "once", tell, signal: new AbortController().signal });
  } else {
    counts[what === "kill" ? "kills" : "restarts"] += 1;
    if (what === "kill") programs[which].kill();
    else await programs[which].stop();
    await steps.sleep(random.pick([0, 10_000, 10 * minuteMs]));
    programs[which] = begin(which === 0);
  }
}

async function live(): Promise<void> {
  const programs: [Program, Program] = [begin(true), begin(false)];
  const endMs = steps.now() + hours * hourMs;
  const until = async (everyMs: () => number, act: () => Promise<void>): Promise<void> => {
    for (;;) {
      await steps.sleep(everyMs());
      if (steps.now() >= endMs) return;
      await act();
    }
  };
  await Promise.all([
    until(
      () => random.between(0, 6) * minuteMs,
      async () => {
        counts.drops += await disturbFolder(world);
      },
    ),
    until(
      () => random.between(5, 90) * minuteMs,
      () => befall(programs),
    ),
    until(
      () => random.between(20, 120) * minuteMs,
      async () => {
        world.trouble = random.pick(weathers);
      },
    ),
    until(
      () => 6 * hourMs,
      async () => {
        await visit(programs);
        globalThis.gc?.();
        heaps.push(process.memoryUsage().heapUsed);
      },
    ),
  ]);
  await settle(programs);
}

async function visit(programs: readonly Program[]): Promise<void> {
  for (const { queue } of programs) if (queue.isHeldBack) queue.letGoOn();
  const process = machine.start();
  counts.decided += await lookIn(world, world.portsOf(process), counts.visits++);
}

/** All trouble is over; what is open comes to its end. */
async function settle(programs: readonly Program[]): Promise<void> {
  world.trouble = weathers[0] ?? world.trouble;
  tree.setThere(true);
  for (let waits = 0; waits < 60 && (waits < 2 || missingPhotos(world).length > 0); waits++) {
    await visit(programs);
    await steps.sleep(hourMs);
  }
  stoppedAtMs = machine.now();
  for (const program of programs) await program.stop();
  for (let tries = 0; tries < 20 && (await openJobs(journal)).length > 0; tries++) {
    await visit([]);
    await steps.sleep(hourMs);
  }
}

await steps.run(live());
const found = await machine.busy(() => judge(world, { startMs, endMs: stoppedAtMs, told, entries }));
await world.close();
console.log(JSON.stringify({ seed, hours, ...counts, ...found, heaps }));
