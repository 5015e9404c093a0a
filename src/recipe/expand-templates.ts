import type { Scope } from "./evaluate-template.ts";
import { evaluateTemplate } from "./evaluate-template.ts";
import type { Problem } from "./problem.ts";
import type { Expanded } from "./recipe.ts";
import { isTemplate } from "./template.ts";

/**
 * Replaces every template in a tree by its value. Where `problems` is not empty, the value is not whole and must not be
 * used. Parts without templates are handed on as they are, not copied.
 */
export function expandTemplates<T>(
  value: T,
  scope: Scope,
): { readonly value: Expanded<T>; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  return { value: expand(value, scope, problems) as Expanded<T>, problems };
}

function expand(value: unknown, scope: Scope, problems: Problem[]): unknown {
  if (typeof value !== "object" || value === null || !holdsTemplate(value)) return value;
  if (isTemplate(value)) {
    const evaluated = evaluateTemplate(value, scope);
    if ("value" in evaluated) return evaluated.value;
    problems.push(evaluated.problem);
    return undefined;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => expand(item, scope, problems));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expand(item, scope, problems)]));
}

const known = new WeakMap<object, boolean>();

/** Found out once for each part of a recipe, whatever the number of jobs. */
function holdsTemplate(value: object): boolean {
  let holds = known.get(value);
  if (holds === undefined) {
    holds =
      isTemplate(value) ||
      Object.values(value).some(
        (item: unknown) => typeof item === "object" && item !== null && holdsTemplate(item),
      );
    known.set(value, holds);
  }
  return holds;
}
