import { nearMiss } from "../base/near-miss.ts";
import { shorten } from "../base/shorten.ts";
import type { KindValues } from "./convert.ts";
import { convert } from "./convert.ts";
import type { Expression, Name, Term } from "./expression.ts";
import { missingArgument } from "./missing-argument.ts";
import type { Problem } from "./problem.ts";
import type { Template, TemplateKind } from "./recipe.ts";
import { applyFilter } from "./template-filters.ts";
import { locate } from "./template-places.ts";
import { parsedTemplate } from "./template.ts";

/** The roots that templates may name at this place, such as `params` and `job`. Only own properties are seen. */
export type Scope = object;

export interface EvaluateOptions {
  /** Applied to what is substituted, never to what the recipe says: so that it cannot become a glob, say. */
  readonly escape?: (text: string) => string;
}

export type Evaluated<T> = { readonly value: T } | { readonly problem: Problem };

const maxTextLength = 65_536;

/** A template without a value. Caught in this file. */
class NoValue extends Error {
  readonly at: Name;
  readonly hint: string | undefined;

  constructor(message: string, at: Name, hint?: string) {
    super(message);
    this.at = at;
    this.hint = hint;
  }
}

/**
 * A template's value in a scope, read as the template's kind. Pure; never throws. What is substituted is not looked at
 * again: text that holds `${{` stays text.
 */
export function evaluateTemplate<T>(
  template: Template<T>,
  scope: Scope,
  options: EvaluateOptions = {},
): Evaluated<T> {
  try {
    const raw = evaluate(template, scope, options);
    const isText = textKinds.has(template.as) && (typeof raw === "number" || typeof raw === "boolean");
    const converted = convert(template.as, isText ? String(raw) : raw);
    if ("value" in converted) return { value: converted.value as KindValues[TemplateKind] & T };
    const { message, hint } = converted;
    const shown = typeof raw === "string" ? shorten(raw, 80) : String(raw);
    return fail(
      template,
      new NoValue(`\`${shown}\` does not fit: it ${message}`, { text: "", offset: 0 }, hint),
    );
  } catch (error) {
    if (error instanceof NoValue) return fail(template, error);
    throw error;
  }
}

const textKinds: ReadonlySet<TemplateKind> = new Set(["text", "aspect", "language"]);

function evaluate(template: Template, scope: Scope, { escape }: EvaluateOptions): unknown {
  const { parts, mistake } = parsedTemplate(template);
  if (mistake !== undefined) throw new NoValue(mistake.message, { text: "", offset: mistake.offset });
  const [first] = parts;
  if (parts.length === 1 && typeof first === "object") {
    const value = evaluateExpression(first, scope);
    return escape === undefined ? value : escape(asText(value, first));
  }
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") text += part;
    else {
      const substituted = asText(evaluateExpression(part, scope), part);
      text += escape === undefined ? substituted : escape(substituted);
    }
    if (text.length > maxTextLength)
      throw new NoValue("the text becomes longer than 64 KiB", { text: "", offset: 0 });
  }
  return text;
}

function evaluateExpression(expression: Expression, scope: Scope): unknown {
  const { term, filters } = expression;
  const mayMiss = filters[0]?.text === "default";
  let value = evaluateTerm(term, scope, mayMiss);
  for (const [index, filter] of filters.entries()) {
    const missing = missingArgument(filter);
    if (missing !== undefined) throw new NoValue(missing, filter);
    const args = filter.args.map(({ name, term }) => {
      const given = evaluateTerm(term, scope, false);
      return name === undefined ? given : ([name, given] as const);
    });
    const result = applyFilter(filter.text, value, args);
    if ("message" in result) throw new NoValue(result.message, filter);
    value = result.value;
    if (typeof value === "number" && !Number.isFinite(value))
      throw new NoValue(`\`${filter.text}\` makes no number of what it is given`, filter);
    if ((value === undefined || value === null) && filters[index + 1]?.text !== "default")
      throw new NoValue(`\`${filter.text}\` has no value here`, filter, hintDefault);
  }
  if (value !== undefined && value !== null) return value;
  throw new NoValue("this template has no value", { text: "", offset: expression.offset }, hintDefault);
}

const hintDefault = 'give it one where it is missing: `| default: "…"`';

function evaluateTerm(term: Term, scope: Scope, mayMiss: boolean): unknown {
  if (term.kind === "literal") return term.value;
  let value: unknown = scope;
  let shown = "";
  for (const name of term.names) {
    const next = ownProperty(value, name.text);
    if (next === undefined && mayMiss && shown !== "") return undefined;
    if (next === undefined) throw unknownName(name, shown, value);
    shown += shown === "" ? name.text : `.${name.text}`;
    value = next;
  }
  if (value === null && !mayMiss)
    throw new NoValue(`\`${shown}\` is empty`, { text: shown, offset: term.names[0].offset }, hintDefault);
  return value;
}

function ownProperty(holder: unknown, name: string): unknown {
  if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, name)) return undefined;
  return (holder as Readonly<Record<string, unknown>>)[name];
}

/** Names that a job's files bring, and what brings the files. */
const filesHints: ReadonlyMap<string, string> = new Map([
  ["input", "a job of one input has it: name a file, or let `nemo-recipe watch` bring it"],
  ["group", "`nemo-recipe watch` brings it, with `group: folder`"],
]);

function unknownName(name: Name, before: string, holder: unknown): NoValue {
  const known = typeof holder === "object" && holder !== null ? Object.keys(holder) : [];
  const near = nearMiss(name.text, known);
  const path = before === "" ? name.text : `${before}.${name.text}`;
  const nearHint =
    near === undefined ? undefined : `did you mean \`${before === "" ? near : `${before}.${near}`}\`?`;
  if (before === "params") {
    const give = `give it a value: \`--param ${name.text}=…\`, or a \`default:\` in \`params\``;
    return new NoValue(
      `\`${path}\` has no value here`,
      name,
      nearHint === undefined ? give : `${nearHint} Or ${give}`,
    );
  }
  const hint =
    (before === "" ? filesHints.get(name.text) : undefined) ??
    nearHint ??
    (known.length === 0 || known.length > 12 ? hintDefault : `known here: ${known.join(", ")}`);
  return new NoValue(`\`${path}\` has no value here`, name, hint);
}

function asText(value: unknown, expression: Expression): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const at = { text: "", offset: expression.offset };
  throw new NoValue("a list or a map cannot be put into a text", at, 'join a list: `| join: ", "`');
}

function fail(template: Template, reason: NoValue): { readonly problem: Problem } {
  const hint = reason.hint === undefined ? {} : { hint: reason.hint };
  const where = locate(template, reason.at.offset, reason.at.text.length);
  return {
    problem: { severity: "error", code: "template-value", message: reason.message, ...hint, ...where },
  };
}
