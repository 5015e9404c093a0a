import { freeSpending } from "../support/free-spending.ts";
import { expect, test } from "vitest";
import { runJobs } from "../../src/executor/run-jobs.ts";
import type { RunPlan } from "../../src/plan/run-plan.ts";
import { fakeBackend } from "../sim/fake-backend.ts";
import { fakeService, noTrouble, type Trouble } from "../sim/fake-service.ts";
import { planFor, planWorld, type PlanWishes } from "../support/plan-for.ts";
import { sha256 } from "../support/planned-job.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { stepClock } from "../support/step-clock.ts";

/** A machine with a service: what is planned is run, and the service counts what it was paid for. */
function machine() {
  const clock = stepClock();
  const random = seededRandom(11);
  const backend = fakeBackend(clock, random);
  const world = planWorld({ "a.jpg": "a", "b.jpg": "b" }, clock);
  let trouble: Trouble = noTrouble;
  const service = fakeService({ backend, clock, random, trouble: () => trouble });
  let ids = 0;
  const newId = (prefix: string): string => `${prefix}_${ids++}`;

  async function make(recipe: string, wishes: PlanWishes = {}): Promise<RunPlan> {
    const plan = await planFor(recipe, world, wishes);
    expect(plan.problems).toEqual([]);
    const orders = plan.jobs.map((one) => ({ kind: "planned" as const, ...one }));
    const concurrency = { all: 2, ofRecipe: () => 2 };
    const { signal } = new AbortController();
    const ports = { ...world, service, clock, hash: sha256, newId, chance: () => random.next() };
    const reporter = { report: () => {} };
    const money = { money: freeSpending };
    await clock.run(
      runJobs(
        { runId: newId("run"), orders, concurrency, overwrite: false, signal, ...money },
        { ...ports, reporter },
      ),
    );
    return plan;
  }

  return {
    files: world.files,
    /** Runs it; says how each job was made, and how many turns the service accepted for it. */
    async run(recipe: string, wishes: PlanWishes = {}): Promise<readonly [string, number]> {
      const before = backend.accepted.length;
      const plan = await make(recipe, wishes);
      return [plan.jobs.map(({ reason }) => reason).join(" "), backend.accepted.length - before];
    },
    troubled(renders: number) {
      trouble = { ...noTrouble, renders };
    },
  };
}

const base = "inputs: '*.jpg'\nprompts: film\n";

test("a recipe's life: every turn is paid once, whatever is asked for after", async () => {
  const { run, files } = machine();
  expect(await run(base)).toEqual(["new", 1]);
  expect(await run(base)).toEqual(["up-to-date", 0]);
  files.remove("/work/out/promo.mp4");
  expect(await run(base)).toEqual(["export-again", 0]);
  expect(files.paths()).toContain("/work/out/promo.mp4");
  expect(await run(`${base}refinements: warmer\n`)).toEqual(["continue", 1]);
  expect(
    await run(`${base}refinements: warmer\nvariants: [{ name: wide }, { name: tall, prompt: tall }]`),
  ).toEqual(["continue", 1]);
  expect(files.paths()).toEqual(
    expect.arrayContaining(["/work/out/promo-wide.mp4", "/work/out/promo-tall.mp4"]),
  );
  expect(await run(`${base}refinements: warmer\nexport: { format: mov }`)).toEqual(["export-again", 0]);
  expect(await run(base)).toEqual(["export-again", 0]);
  expect(await run(base)).toEqual(["up-to-date", 0]);
  expect(await run("inputs: '*.jpg'\nprompts: another film\n")).toEqual(["new", 1]);
  expect(await run(base, { again: true })).toEqual(["new", 1]);
  expect(files.paths()).toContain("/work/out/promo-take2.mp4");
  expect(await run(base)).toEqual(["up-to-date", 0]);
});

test("a job whose renders fail goes on with them, and pays nothing more", async () => {
  const { run, troubled, files } = machine();
  troubled(1);
  expect(await run(base)).toEqual(["new", 1]);
  expect(files.paths()).not.toContain("/work/out/promo.mp4");
  troubled(0);
  expect(await run(base)).toEqual(["go-on", 0]);
  expect(files.paths()).toContain("/work/out/promo.mp4");
});

test("a sequence that grows goes on in its session", async () => {
  const { run, files } = machine();
  const sequence = "batch: sequence\ninputs: '*.jpg'\nprompts: add ${{ input.stem }}\n";
  expect(await run(`${sequence}export: { to: "out/\${{ input.stem }}.mp4" }`)).toEqual(["new", 2]);
  files.put("/work/c.jpg", new Uint8Array([0xff, 0xd8, 0xff, 3]));
  expect(await run(`${sequence}export: { to: "out/\${{ input.stem }}.mp4" }`)).toEqual(["continue", 1]);
  expect(files.paths()).toEqual(
    expect.arrayContaining(["/work/out/a.mp4", "/work/out/b.mp4", "/work/out/c.mp4"]),
  );
});

test("jobs that ask for the same are paid once, and both get their file", async () => {
  const { run, files } = machine();
  const rows = "rows: [{ name: x }, { name: y }]\nprompts: rain\n";
  expect(await run(rows)).toEqual(["new", 1]);
  expect(files.paths()).toEqual(expect.arrayContaining(["/work/out/promo-x.mp4", "/work/out/promo-y.mp4"]));
  expect(await run(rows)).toEqual(["up-to-date", 0]);
  expect(await run(rows, { only: ["*-y"] })).toEqual(["up-to-date", 0]);
});
