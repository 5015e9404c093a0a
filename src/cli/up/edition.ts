import { isAbsolute, relative, resolve } from "node:path";
import { canonicalJson } from "../../base/json.ts";
import type { Config } from "../../config/config.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import type { Call } from "../call.ts";
import { configBase } from "../config-base.ts";
import { exitCodes } from "../exit-code.ts";
import { loadOne } from "../load-recipes.ts";
import { rememberSecrets } from "../notify/remember-secrets.ts";
import { sha256 } from "../sha256.ts";
import { problemText } from "../problem-text.ts";
import { openTimetables, scheduleProblems, type OpenEntry } from "../schedule/open-timetables.ts";
import { Stop, usage } from "../stop.ts";

/** A recipe as it was read once: what `up` works with until another edition takes its place. */
export interface Edition {
  /** As the config names it, absolute. */
  readonly file: string;
  /** Every file that went into it, absolute. */
  readonly sources: readonly string[];
  /** Equal where nothing has changed that the work would show. */
  readonly stamp: string;
  readonly recipe: Recipe;
  readonly entries: readonly OpenEntry[];
}

/** Reads a recipe. Stops with exit 2 where it is wrong, or has nothing to watch and no schedule. */
export async function readEdition(file: string, call: Call, config: Config): Promise<Edition> {
  const { screen, io } = call;
  const { recipe, problems, sources } = await loadOne(shownFrom(io.cwd, file), call, config);
  if (recipe === undefined) throw new Stop(exitCodes.usage, "", { problems });
  const ofSchedule = scheduleProblems([recipe]);
  if (ofSchedule.length > 0) throw new Stop(exitCodes.usage, "", { problems: ofSchedule });
  if (problems.length > 0) screen.note(problemText(problems, screen.paint));
  if (recipe.watch === undefined && recipe.schedule.length === 0)
    throw usage(
      `${recipe.file}: there is neither a watch nor a schedule.`,
      "Add one to the recipe, or take it out of `up` in the config.",
      "bad-schedule",
    );
  rememberSecrets(recipe, call);
  const { skills, outDir, notify } = config;
  const texts = sources.map((source) => [source.file, source.text]);
  return {
    file,
    sources: sources.map((source) => resolve(io.cwd, source.file)),
    stamp: sha256(canonicalJson({ texts, base: configBase(config), skills, outDir, notify })),
    recipe,
    entries: openTimetables([recipe], sha256),
  };
}

/** Short below the working folder, as problems and notes name it. */
function shownFrom(cwd: string, file: string): string {
  const short = relative(cwd, file);
  return short.startsWith("..") || isAbsolute(short) ? file : short;
}
