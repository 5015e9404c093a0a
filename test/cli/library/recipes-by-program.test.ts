// The library as a program uses it: what it throws, what it tells, and that stopping pays nothing twice.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import {
  formatProblem,
  planRecipe,
  RunRefused,
  runRecipe,
  startEmulator,
  validateRecipe,
  type Emulator,
  type RecipeRequest,
  type RunEvent,
} from "../../../src/index.ts";
import { eventSchema } from "../../../src/report/event-schema.ts";
import { tempDir } from "../../support/temp-dir.ts";

const quick = "export: { quality: low }\npoll: { state: 40ms, render: 500ms }\ntimeouts: { change: 500ms }\n";
const text = `name: promo\nprompts: make a 1-second video\nrefinements: show the title "Hi"\n${quick}`;

let service: Emulator;
let cwd = "";
beforeAll(async () => {
  service = await startEmulator({ workMs: 50, pace: 0.2, credits: 1000 });
});
afterAll(() => service.close());
beforeEach(() => {
  cwd = tempDir();
});

const request = (more: Partial<RecipeRequest> = {}): RecipeRequest => ({
  text,
  cwd,
  stateDir: join(cwd, "state"),
  env: { NEMO_API_URL: service.url, NEMO_TOKEN: "nmv_local_library" },
  ...more,
});

async function collect(more: Partial<RecipeRequest> = {}): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of runRecipe(request(more))) events.push(event);
  return events;
}

const refusalOf = (made: Promise<unknown>): Promise<RunRefused> =>
  made.then(
    () => expect.fail("it was not refused"),
    (error: unknown) => {
      if (error instanceof RunRefused) return error;
      throw error;
    },
  );

/** Without a token the service is asked for one before anything begins. */
const nowhere = { env: { NEMO_API_URL: "http://127.0.0.1:9", NEMO_CLIENT_ID: "nobody" } };

describe("runRecipe", () => {
  test("makes a recipe that is text, and each event has the shape that its type says", async () => {
    const events = await collect();
    for (const event of events) expect(eventSchema.safeParse(event).error).toBeUndefined();
    const delivered = events.find((event) => event.type === "file-delivered");
    expectTypeOf(delivered).toExtend<{ readonly path: string } | undefined>();
    expect(delivered?.path).toBe(join(cwd, "out/promo.mp4"));
    const last = events.at(-1);
    if (last?.type !== "run-finished") throw new Error("the last event is another");
    expect(last).toMatchObject({ exitCode: 0, counts: { succeeded: 1 }, files: [delivered?.path] });
    expect(readFileSync(join(cwd, "out/promo.mp4")).subarray(4, 8).toString()).toBe("ftyp");
  });

  test.each([
    { how: "a signal", leaves: false },
    { how: "leaving the loop", leaves: true },
  ])("$how stops as Ctrl-C does, and the next run pays only what is left", async ({ leaves }) => {
    const before = service.ledger.turns.length;
    const controller = new AbortController();
    let last: RunEvent | undefined;
    for await (const event of runRecipe(request({ signal: controller.signal }))) {
      last = event;
      if (event.type !== "turn-settled") continue;
      if (leaves) break;
      controller.abort();
    }
    if (controller.signal.aborted) expect(last).toMatchObject({ type: "run-finished", exitCode: 130 });
    expect(existsSync(join(cwd, "out/promo.mp4"))).toBe(false);
    expect((await collect()).at(-1)).toMatchObject({ exitCode: 0 });
    expect(service.ledger.turns.length).toBe(before + 2);
  });

  test("a signal that was aborted before sends nothing", async () => {
    const before = service.ledger.turns.length;
    const events = collect({ signal: AbortSignal.abort() });
    const last = await events.then(
      (told) => told.at(-1),
      (error: unknown) => error,
    );
    expect(last).toMatchObject({ exitCode: 130 });
    expect(service.ledger.turns.length).toBe(before);
  });

  test("what is wrong with a recipe is thrown, as problems with places", async () => {
    const refused = await refusalOf(collect({ text: "prompts: a\nrefinement: b\n" }));
    expect(refused).toMatchObject({ exitCode: 2, code: "problems" });
    expect(refused.problems).toMatchObject([{ code: "unknown-key", place: { line: 2, column: 1 } }]);
    expect(refused.message).toContain("did you mean `refinements`?");
  });

  test.each([
    { what: "a limit", more: { maxCredits: 10 }, code: "over-budget", exitCode: 3 },
    { what: "no recipe", more: { text: undefined }, code: "no-recipe", exitCode: 2 },
    { what: "a wrong number", more: { first: 0 }, code: "flag-value", exitCode: 2 },
    { what: "nobody there", more: nowhere, code: "unreachable", exitCode: 1 },
  ])("$what refuses with a code, and sends nothing", async ({ more, code, exitCode }) => {
    const before = service.ledger.turns.length;
    const { text: _, ...rest } = request();
    const asked = { ...("text" in more ? rest : request()), ...more } as RecipeRequest;
    const refused = await refusalOf(runRecipe(asked).next());
    expect(refused).toMatchObject({ code, exitCode, problems: [] });
    expect(refused.message).toContain(`error: ${code}: `);
    expect(service.ledger.turns.length).toBe(before);
  });
});

describe("planRecipe", () => {
  test("says what a run would do and cost", async () => {
    const plan = await planRecipe(request({ params: {} }));
    expect(plan.jobs).toMatchObject([{ name: "promo", reason: "new", turns: { count: 2, missing: 2 } }]);
    expect(plan.totals.credits.high).toBeGreaterThanOrEqual(plan.totals.credits.low);
    expect(plan.refused).toBeUndefined();
  });

  test("has the refusal beside the plan", async () => {
    const { jobs, refused } = await planRecipe(request({ maxCredits: 10 }));
    expect(jobs).toHaveLength(1);
    expect(refused).toMatchObject({ exitCode: 3, code: "over-budget" });
  });

  test("throws where there is no plan", async () => {
    expect(await refusalOf(planRecipe(request({ text: "promts: a" })))).toMatchObject({ exitCode: 2 });
  });
});

describe("validateRecipe", () => {
  test("finds mistakes in a text, a file and a calendar, and throws none", async () => {
    expect(await validateRecipe({ text })).toMatchObject({ isValid: true, problems: [] });
    const wrong = await validateRecipe({ text: "prompts: a\nschedule: { cron: 0 0 30 2 * }\n" });
    expect(wrong.isValid).toBe(false);
    writeFileSync(join(cwd, "recipe.yaml"), "prompt: a\n");
    const { problems, recipe } = await validateRecipe({ cwd });
    expect(recipe).toBeUndefined();
    expect(problems.map((problem) => formatProblem(problem)).join("\n")).toContain(
      "recipe.yaml:1:1: unknown-key",
    );
  });

  test("knows the bundled ones", async () => {
    expect(await validateRecipe({ recipe: "reel", cwd })).toMatchObject({
      isValid: true,
      recipe: { name: "reel" },
    });
  });
});
