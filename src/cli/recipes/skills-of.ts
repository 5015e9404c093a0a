import type { Config } from "../../config/config.ts";
import { knownSkills } from "../../recipe/known-skills.ts";

/** The version of each skill that a recipe may name: the published ones, and those of the config before them. */
export const skillsOf = ({ skills }: Pick<Config, "skills">): Readonly<Record<string, string>> => ({
  ...knownSkills,
  ...skills,
});
