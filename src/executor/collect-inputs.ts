import type { InputAnswers, PathAnswer } from "../plan/job-inputs.ts";
import type { PlanContext } from "../plan/plan-context.ts";
import { seedWishes } from "../plan/plan-jobs.ts";
import { wantsNothing, type WantedInput } from "../plan/wanted-inputs.ts";
import { usedFiles } from "./used-files.ts";
import type { Files, Journal } from "./ports.ts";

export interface InputPorts {
  readonly files: Files & {
    /** Names in a folder, for a hint where an input is missing; empty where it cannot be read. */
    namesIn?(folder: string): Promise<readonly string[]>;
    /** A sentence that says where media are which a path without a match may have meant. */
    mediaBeside?(shown: string, dir: string): Promise<string | undefined>;
  };
  readonly journal: Journal;
}

type WantedPath = Extract<WantedInput, { kind: "path" }>;

const nothing: InputAnswers = { find: () => ({ files: [], refused: [] }), usedBefore: new Set() };

/** Looks for all that a recipe's jobs want to upload, each pattern once, before any job is planned. */
export async function collectInputs(
  context: PlanContext,
  { files, journal }: InputPorts,
  limits: { readonly seeds: number; readonly cache: Map<string, PathAnswer> },
): Promise<InputAnswers> {
  if (wantsNothing(context.recipe)) return nothing;
  let wantsLastRun = false;
  let seeds = 0;
  for (const { wanted } of seedWishes(context)) {
    for (const one of wanted) {
      if (one.since === "last-run") wantsLastRun = true;
      if (one.kind !== "path" || limits.cache.has(answerKey(one))) continue;
      limits.cache.set(answerKey(one), await look(one, files, context));
    }
    seeds += 1;
    if (seeds >= limits.seeds) break;
  }
  return {
    find: (wanted) => limits.cache.get(answerKey(wanted)) ?? { files: [], refused: [] },
    usedBefore: wantsLastRun
      ? await usedFiles({ recipe: context.recipe.name, backend: context.backend }, journal)
      : new Set(),
  };
}

/** What an answer is kept under while one plan is made. */
export function answerKey({ dir, pattern }: Pick<WantedPath, "dir" | "pattern">): string {
  return `${dir}\n${pattern}`;
}

async function look(
  wanted: WantedPath,
  files: InputPorts["files"],
  context: PlanContext,
): Promise<PathAnswer> {
  const found = await files.find({ pattern: wanted.pattern, dir: wanted.dir });
  if (found.files.length > 0 || found.refused.length > 0 || files.namesIn === undefined) return found;
  const folder = wanted.shown.split(/[\\/]/).slice(0, -1).join("/");
  const nearby = await files.namesIn(context.paths.resolve(wanted.dir, folder));
  const elsewhere = await files.mediaBeside?.(wanted.shown, wanted.dir);
  return { ...found, nearby, ...(elsewhere !== undefined && { elsewhere }) };
}
