import type { Scope } from "./evaluate-template.ts";
import { evaluateTemplate } from "./evaluate-template.ts";
import type { Problem } from "./problem.ts";
import type { Expanded, Template } from "./recipe.ts";
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
  if (typeof value !== "object" || value === null) return value;
  const shape = shapeOf(value);
  if (shape === "plain") return value;
  if (shape === "template") return evaluate(value as Template, scope, problems);
  if (Array.isArray(value)) return value.map((item: unknown) => expand(item, scope, problems));
  const filled: Record<string, unknown> = { ...value };
  for (const key of shape) filled[key] = expand(filled[key], scope, problems);
  return filled;
}

function evaluate(template: Template, scope: Scope, problems: Problem[]): unknown {
  const evaluated = evaluateTemplate(template, scope);
  if ("value" in evaluated) return evaluated.value;
  problems.push(evaluated.problem);
  return undefined;
}

/** A template; without any; or the keys under which there are some. */
type Shape = "template" | "plain" | readonly string[];

const shapes = new WeakMap<object, Shape>();

/** Found out once for each part of a recipe, whatever the number of jobs. */
function shapeOf(value: object): Shape {
  let shape = shapes.get(value);
  if (shape === undefined) shapes.set(value, (shape = isTemplate(value) ? "template" : shapeOfParts(value)));
  return shape;
}

function shapeOfParts(value: object): Shape {
  const keys = Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    typeof item === "object" && item !== null && shapeOf(item) !== "plain" ? [key] : [],
  );
  return keys.length === 0 ? "plain" : keys;
}
