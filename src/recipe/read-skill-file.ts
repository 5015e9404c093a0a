import { readYaml } from "./read-yaml.ts";
import { sourceOf } from "./source.ts";
import { toValue } from "./to-value.ts";

/** What a SKILL.md says of itself at its head, or what is wrong there: it goes on after the file's name. */
export type ReadSkill = { readonly name: string; readonly version: string } | { readonly wrong: string };

const frontMatter = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/** Reads the front matter of a SKILL.md: the skill's slug and its version. Nothing else of it is used. */
export function readSkillFile(text: string, file: string): ReadSkill {
  const [, head] = frontMatter.exec(text) ?? [];
  if (head === undefined) return { wrong: "has no front matter: it begins with a line `---`" };
  const { root, problems } = readYaml(sourceOf({ file, dir: "", text: head }));
  const [problem] = problems;
  if (root === undefined || problem !== undefined)
    return { wrong: `its front matter is no YAML: ${problem?.message ?? "it is empty"}` };
  const value = toValue(root);
  if (value === null || typeof value !== "object" || Array.isArray(value))
    return { wrong: "its front matter is no map of names and values" };
  const { name, version } = value as Readonly<Record<string, unknown>>;
  if (typeof name !== "string" || !/^[a-z0-9][a-z0-9-]{0,62}$/.test(name))
    return { wrong: "its front matter has no `name` that is a slug" };
  if (typeof version !== "string" && typeof version !== "number")
    return { wrong: "its front matter has no `version`" };
  return { name, version: String(version) };
}
