import type { Call } from "../call.ts";
import { configDir } from "./load-recipes.ts";
import { settingsFor } from "../settings.ts";
import { skillsOf } from "./skills-of.ts";

/** The version of each skill that a recipe may name, by the config that a run of it would find. */
export async function skillsAt(recipe: string, call: Call): Promise<Readonly<Record<string, string>>> {
  return skillsOf(await settingsFor(call, await configDir([recipe], call.io.cwd)));
}
