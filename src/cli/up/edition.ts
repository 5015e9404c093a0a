import { resolve } from "node:path";
import { canonicalJson } from "../../base/json.ts";
import type { Config } from "../../config/config.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import type { Call } from "../call.ts";
import { fileStamp } from "../../files/file-stamp.ts";
import { configBase } from "../config-base.ts";
import { exitCodes } from "../exit-code.ts";
import { loadOne } from "../recipes/load-recipes.ts";
import { rememberSecrets } from "../notify/remember-secrets.ts";
import { shownFrom } from "../shown-from.ts";
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
  /** How the sources stood on the disk when they had been read. */
  readonly onDisk: string;
  /** What of the config is in it. */
  readonly ofConfig: string;
  readonly recipe: Recipe;
  readonly entries: readonly OpenEntry[];
}

/** Reads a recipe. Stops with exit 2 where it is wrong, or has nothing to watch and no schedule. */
export async function readEdition(file: string, call: Call, config: Config): Promise<Edition> {
  const { screen, io } = call;
  const before = await fileStamp(file);
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
  const files = sources.map((source) => resolve(io.cwd, source.file));
  const texts = sources.map((source) => [source.file, source.text]);
  const ofConfig = configStamp(config);
  return {
    file,
    sources: files,
    stamp: sha256(canonicalJson({ texts, ofConfig })),
    // Changed while it was read: whoever looks next reads it again.
    onDisk: before === (await fileStamp(file)) ? await diskStamp(files) : "",
    ofConfig,
    recipe,
    entries: openTimetables([recipe], sha256),
  };
}

/** Whether reading it again would bring the same, as far as the files' sizes and times tell. */
export async function isFresh(edition: Edition, config: Config): Promise<boolean> {
  if (edition.ofConfig !== configStamp(config)) return false;
  return edition.onDisk === (await diskStamp(edition.sources));
}

async function diskStamp(files: readonly string[]): Promise<string> {
  return (await Promise.all(files.map(fileStamp))).join("\n");
}

function configStamp(config: Config): string {
  const { skills, outDir, notify } = config;
  return canonicalJson({ base: configBase(config), skills, outDir, notify });
}
