import { nearMiss } from "../../base/near-miss.ts";
import { commandTable } from "./command-table.ts";
import { flagTable } from "./flags.ts";
import { longName } from "./flags/flag-spec.ts";
import { usage } from "../stop.ts";

/** What people look for among the flags of `run` and is said in the recipe. */
export const recipeWords: readonly string[] = [
  "name",
  "skill",
  "language",
  "assets",
  "batch",
  "matrix",
  "rows",
  "refinements",
  "expect",
  "variants",
  "export",
  "review",
  "budget",
  "retry",
  "timeouts",
  "poll",
  "notify",
];

/**
 * A flag that the command does not have. The hint is the word that a recipe has for it; else the flag that was meant;
 * else who has such a flag. `known` are the long names of the command's own.
 */
export function unknownFlag(typed: string, known: readonly string[]): Error {
  return usage(`there is no flag ${typed}`, hintFor(typed.replace(/^-+/, ""), known), "unknown-flag");
}

function hintFor(name: string, known: readonly string[]): string | undefined {
  if (known.includes("param") && recipeWords.includes(name)) return `a recipe says it: \`${name}: …\``;
  const near = nearMiss(name, [...known, "help"]);
  if (near !== undefined) return `did you mean --${near}?`;
  const owners = commandTable.filter(({ flags }) => flags.some((flag) => longName(flagTable[flag]) === name));
  if (owners.length === 0) return undefined;
  const named = owners.slice(0, 3).map((owner) => owner.name);
  const more = owners.length > named.length ? ` and ${owners.length - named.length} more commands` : "";
  return `--${name} is a flag of ${named.join(", ")}${more}: leave it out here`;
}
