import type { Term } from "./expression.ts";
import type { Template } from "./recipe.ts";
import { parsedTemplate } from "./template.ts";

/** True where the template speaks of the root, such as `job` in `${{ job.name }}`. */
export function namesRoot(template: Template, root: string): boolean {
  const isRoot = (term: Term): boolean => term.kind === "path" && term.names[0].text === root;
  return parsedTemplate(template).parts.some(
    (part) =>
      typeof part !== "string" &&
      (isRoot(part.term) || part.filters.some(({ args }) => args.some(({ term }) => isRoot(term)))),
  );
}
