import { dirname, resolve } from "node:path";
import { Failure } from "../base/failure.ts";
import { readText } from "../files/read-text.ts";
import type { Problem } from "../recipe/problem.ts";
import { readSkillFile } from "../recipe/read-skill-file.ts";
import type { RawConfig, RawSettings } from "./raw-config.ts";

interface ReadSkills<Settings> {
  readonly settings: Settings;
  readonly problems: readonly Problem[];
}

/** The config with the versions that its skills' SKILL.md files name. Paths start at the config's folder. */
export async function readSkills(
  raw: RawConfig,
  file: string,
): Promise<{ raw: RawConfig; problems: Problem[] }> {
  const own = await withVersions(raw, file);
  const problems = [...own.problems];
  const profiles: Record<string, RawSettings> = {};
  for (const [name, settings] of Object.entries(raw.profiles ?? {})) {
    const read = await withVersions(settings, file);
    profiles[name] = read.settings;
    problems.push(...read.problems);
  }
  return { raw: { ...own.settings, ...(raw.profiles !== undefined && { profiles }) }, problems };
}

async function withVersions<Settings extends RawSettings>(
  settings: Settings,
  file: string,
): Promise<ReadSkills<Settings>> {
  if (settings.skills === undefined) return { settings, problems: [] };
  const problems: Problem[] = [];
  const skills: Record<string, string> = {};
  for (const [slug, value] of Object.entries(settings.skills)) {
    const read = value.endsWith(".md")
      ? await versionIn(resolve(dirname(file), value), slug)
      : { version: value };
    if ("wrong" in read)
      problems.push({
        severity: "error",
        code: "bad-config",
        message: `${file}: skills.${slug}: ${read.wrong}`,
      });
    else skills[slug] = read.version;
  }
  return { settings: { ...settings, skills }, problems };
}

async function versionIn(path: string, slug: string): Promise<{ version: string } | { wrong: string }> {
  const text = await readText(path).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    return { wrong: error.facts.message };
  });
  if (typeof text !== "string") return text;
  const read = readSkillFile(text, path);
  if ("wrong" in read) return { wrong: `${path} ${read.wrong}` };
  if (read.name !== slug) return { wrong: `${path} is the skill ${read.name}` };
  return read;
}
