import { nearMiss } from "../base/near-miss.ts";
import type { Recipe } from "../recipe/recipe.ts";
import type { ProblemList } from "./problem-list.ts";

/** What was given and that no recipe of the run can use, and what the recipes need from the environment. */
export function checkGiven(
  recipes: readonly Recipe[],
  given: {
    readonly flags: Readonly<Record<string, string>>;
    readonly env: Readonly<Record<string, string | undefined>>;
  },
  problems: ProblemList,
): void {
  const known = new Set(recipes.flatMap(({ params }) => Object.keys(params)));
  for (const name of Object.keys(given.flags)) {
    if (known.has(name)) continue;
    const near = nearMiss(name, known);
    const all = known.size === 0 ? "the recipe has no `params`" : `it knows ${[...known].join(", ")}`;
    problems.add({
      severity: "error",
      code: "unknown-param",
      message: `no recipe has a parameter "${name}" (--param ${name}=…)`,
      hint: near === undefined ? all : `did you mean --param ${near}=…?`,
    });
  }
  for (const recipe of recipes) {
    for (const name of recipe.env) {
      if (given.env[name] !== undefined) continue;
      problems.add({
        severity: "error",
        code: "env-missing",
        message: `${recipe.file}: \`env\` lists ${name}, and it is not set`,
        hint: `set the environment variable ${name} before the run`,
      });
    }
  }
}
