import { evaluateTemplate } from "../recipe/evaluate-template.ts";
import { expandTemplates } from "../recipe/expand-templates.ts";
import type { Problem } from "../recipe/problem.ts";
import type { Expanded, Template } from "../recipe/recipe.ts";
import type { ProblemList } from "./problem-list.ts";
import { rowName, type TemplateScope } from "./template-scope.ts";

export interface Expansion {
  readonly scope: TemplateScope;
  /** Takes what has no value in this scope. */
  readonly problems: ProblemList;
}

/** `value` with every template in it replaced; undefined where one has no value, which is a problem then. */
export function expandValue<T>(value: T, { scope, problems }: Expansion): Expanded<T> | undefined {
  const expanded = expandTemplates(value, scope);
  for (const problem of expanded.problems) problems.add(withRow(problem, scope));
  return expanded.problems.length > 0 ? undefined : expanded.value;
}

/** A text with its template filled in. `escape` is applied to what is put in, never to what the recipe says. */
export function expandText(
  text: string | Template<string>,
  { scope, problems, escape }: Expansion & { readonly escape?: (text: string) => string },
): string | undefined {
  if (typeof text === "string") return text;
  const result = evaluateTemplate(text, scope, escape === undefined ? {} : { escape });
  if ("value" in result) return result.value;
  problems.add(withRow(result.problem, scope));
  return undefined;
}

/** Among two hundred rows, the one whose cell is empty. */
function withRow(problem: Problem, { [rowName]: name }: TemplateScope): Problem {
  if (name === undefined || !/^`row\..*` is empty$/.test(problem.message)) return problem;
  return { ...problem, message: `${problem.message} in row "${name}"` };
}
