import * as z from "zod";
import type { Converted, KindValues } from "../convert.ts";
import { choose, convert, quoteHint } from "../convert.ts";
import type { Place } from "../problem.ts";
import type { Template, TemplateKind, Templated } from "../recipe.ts";
import type { Complaint } from "../source.ts";
import { kindSchemas, templateSchema } from "./kind-schemas.ts";

// A recipe is read once: compiling a checker for each of its maps takes longer than checking them without.
z.config({ jitless: true });

const anything = z.unknown();

/** A string with `${{ … }}` in it, before its field has said what it must become. */
export class TemplateText {
  readonly template: string;
  readonly place: Place;

  constructor(template: string, place: Place) {
    this.template = template;
    this.place = place;
  }
}

/** What an editor shows for a field. */
export interface About {
  readonly description: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
}

/** A value that may be a template. */
export function templated<Kind extends TemplateKind>(
  kind: Kind,
  about: About,
): z.ZodType<Templated<KindValues[Kind]>> {
  const read = (raw: unknown): Converted<Templated<KindValues[Kind]>> => {
    if (!(raw instanceof TemplateText)) return convert(kind, raw);
    const value: Template<KindValues[Kind]> = { template: raw.template, place: raw.place, as: kind };
    return { value };
  };
  const plain = kindSchemas[kind];
  const json =
    plain["type"] === "string" && !("pattern" in plain || "enum" in plain)
      ? plain
      : { anyOf: [plain, templateSchema] };
  return leaf(read, json, about);
}

/** A value that must stand as it is: templates are not read in it. */
export function plain<Kind extends TemplateKind>(kind: Kind, about: About): z.ZodType<KindValues[Kind]> {
  return leaf((raw) => convert(kind, raw), kindSchemas[kind], about);
}

/** One of a few words. */
export function choice<Word extends string>(words: readonly Word[], about: About): z.ZodType<Word> {
  return leaf((raw) => choose(words, raw), { type: "string", enum: words }, about);
}

/** A value that `read` understands, with `json` as its shape for editors. */
export function leaf<T>(read: (raw: unknown) => Converted<T>, json: object, about: About): z.ZodType<T> {
  const value = z.transform((raw, context): T => {
    const complaint = complain(raw, read);
    if ("value" in complaint) return complaint.value;
    context.issues.push({ code: "custom", input: raw, params: complaint });
    return z.NEVER;
  });
  // Registered by itself: `meta` would make a second schema of each.
  return z.pipe(anything, value).register(z.globalRegistry, { ...json, ...about });
}

/** What `read` makes of a value, or what is wrong with it. */
export function complain<T>(
  raw: unknown,
  read: (raw: unknown) => Converted<T>,
): { readonly value: T } | Complaint {
  if (raw === undefined) return { code: "missing-key", message: "is missing" };
  const converted = read(raw);
  if ("value" in converted) return converted;
  if (raw instanceof TemplateText)
    return { code: "template-not-here", message: "must stand as it is: templates are not read here" };
  const isTextWanted = converted.hint?.startsWith(quoteHint) === true;
  const isWrongValue = typeof raw === "string" || (typeof raw === "number" && !isTextWanted);
  return { code: isWrongValue ? "bad-value" : "wrong-type", ...converted };
}
