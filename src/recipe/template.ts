import type { Expression } from "./expression.ts";
import { ExpressionError, readExpression } from "./expression.ts";
import type { Template } from "./recipe.ts";

export const opening = "${{";

/** A template's text cut into literal text and expressions, or the place where it cannot be read. */
export interface ParsedTemplate {
  readonly parts: readonly (string | Expression)[];
  readonly mistake?: { readonly message: string; readonly offset: number };
}

const parsed = new WeakMap<Template, ParsedTemplate>();

/** Parses a template once; 100,000 jobs then share the result. */
export function parsedTemplate(template: Template): ParsedTemplate {
  let known = parsed.get(template);
  if (known === undefined) parsed.set(template, (known = parseTemplate(template.template)));
  return known;
}

/** Cuts a text at its `${{ … }}`. Everything else is literal: `{% %}` and `{{ }}` mean nothing. */
export function parseTemplate(text: string): ParsedTemplate {
  const parts: (string | Expression)[] = [];
  let at = 0;
  for (let start = text.indexOf(opening); start !== -1; start = text.indexOf(opening, at)) {
    if (start > at) parts.push(text.slice(at, start));
    try {
      const { expression, end } = readExpression(text, start + opening.length);
      parts.push(expression);
      at = end;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return { parts, mistake: { message: error.message, offset: error.offset } };
    }
  }
  if (at < text.length) parts.push(text.slice(at));
  return { parts };
}

export function isTemplate(value: unknown): value is Template {
  if (
    typeof value !== "object" ||
    value === null ||
    !("template" in value && "as" in value && "place" in value)
  )
    return false;
  return typeof value.template === "string" && typeof value.place === "object";
}
