import { Failure } from "../../src/base/failure.ts";
import type { PlanOverrides, PlanRequest } from "../../src/executor/plan-request.ts";
import { planRun } from "../../src/executor/plan-run.ts";
import type { Journal } from "../../src/executor/ports.ts";
import { memoryJournal } from "../../src/journal/memory-journal.ts";
import { pathsFor } from "../../src/plan/paths.ts";
import type { ExportStep, PlannedJob, TurnStep } from "../../src/plan/planned-job.ts";
import type { RunPlan } from "../../src/plan/run-plan.ts";
import { parseRecipe } from "../../src/recipe/parse-recipe.ts";
import type { Recipe } from "../../src/recipe/recipe.ts";
import { pastEvents, type Past } from "./former-job.ts";
import { memoryFiles, type MemoryFiles } from "./memory-files.ts";
import { sha256 } from "./planned-job.ts";
import { stepClock, type StepClock } from "./step-clock.ts";

export interface PlanWorld {
  readonly files: MemoryFiles;
  readonly journal: Journal;
}

export interface PlanWishes extends Omit<Partial<PlanRequest>, "overrides">, PlanOverrides {
  readonly credits?: number | "unreachable";
}

/** A world in memory: files by name under /work, each a photo unless its name says otherwise. */
export function planWorld(
  contents: Readonly<Record<string, string>> = {},
  clock: StepClock = stepClock(),
): PlanWorld {
  const files = memoryFiles({ judge: () => ({ durationMs: 15_000 }) });
  for (const [name, content] of Object.entries(contents)) {
    const isMedia = /\.jpe?g$/i.test(name);
    files.put(
      `/work/${name}`,
      isMedia ? new Uint8Array([0xff, 0xd8, 0xff, ...Buffer.from(content)]) : content,
    );
  }
  return { files, journal: memoryJournal(clock) };
}

/** A recipe from its text; a mistake in it is a mistake of the test. */
export function recipeOf(text: string, file = "promo.yaml"): Recipe {
  const { recipe, problems } = parseRecipe([{ file, dir: "/work", text }]);
  if (recipe === undefined) throw new Error(JSON.stringify(problems, undefined, 1));
  return recipe;
}

/** The plan of one recipe's text, or of several, by their files' names. */
export async function planFor(
  texts: string | Readonly<Record<string, string>>,
  world: PlanWorld = planWorld(),
  wishes: PlanWishes = {},
): Promise<RunPlan> {
  const { inputs, only, first, outDir, again, overwrite, credits = 500, ...request } = wishes;
  const named = typeof texts === "string" ? { "promo.yaml": texts } : texts;
  const overrides = { inputs, only, first, outDir, again, overwrite };
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  const service = {
    credits: async () => {
      if (credits !== "unreachable") return { available: credits, frozen: 10, total: credits + 10 };
      throw new Failure({ code: "unreachable", message: "the service did not answer", sent: "not-sent" });
    },
  };
  return planRun(
    {
      recipes: Object.entries(named).map(([file, text]) => recipeOf(text, file)),
      params: {},
      env: {},
      language: "en",
      run: { id: "run_1", startedAtMs: Date.UTC(2026, 10, 20, 8), timezone: "Europe/Paris" },
      backend: "https://service.test",
      account: "account",
      poll: { stateMs: 10_000, renderMs: 30_000 },
      cwd: "/work",
      paths: pathsFor(false),
      balance: "always",
      ...request,
      overrides: given,
    },
    { ...world, service, hash: sha256 },
  );
}

/** Writes into the journal how a job went, and puts what it delivered where it belongs. */
export async function makePast(world: PlanWorld, job: PlannedJob, past: Past = {}): Promise<void> {
  for (const [seq, event] of pastEvents(job, past).entries()) {
    await world.journal.append(past.jobId ?? "job_1", event, seq);
    if (event.type === "file-delivered") world.files.put(event.path, `delivered ${event.path}`);
  }
}

/** A job as one word a step: what it uploads, says, and delivers. */
export function told(job: PlannedJob): readonly string[] {
  return job.steps.map((step) => {
    if (step.kind === "turn") return `"${step.prompt}"`;
    if (step.kind === "export") return `→ ${step.shownPath}`;
    return `↑ ${step.media.kind === "file" ? step.media.file.name : step.media.url}`;
  });
}

export function turnsOf(job: PlannedJob | undefined): readonly TurnStep[] {
  return job?.steps.filter((step) => step.kind === "turn") ?? [];
}

export function exportsOf(job: PlannedJob | undefined): readonly ExportStep[] {
  return job?.steps.filter((step) => step.kind === "export") ?? [];
}

/** Problems as `line: code`, in order. */
export function problemsOf(plan: RunPlan): readonly string[] {
  return plan.problems.map(({ place, code }) => `${place?.line ?? "-"}: ${code}`);
}
