import * as z from "zod";
import { TemplateText } from "./leaf.ts";

/** What JSON Schema cannot see in a preprocessed schema: the shorter spellings that it takes. */
export const spellings: z.core.$ZodRegistry<Spelling> = z.registry<Spelling>();

export interface Spelling {
  /** One item may stand for the list. */
  readonly oneOrList?: true;
  /** JSON Schema of a shorter spelling of the map. */
  readonly short?: Readonly<Record<string, unknown>>;
}

/** A map with these fields and no others; `title` is what an editor calls it. */
export function fields<Shape extends z.core.$ZodShape>(
  shape: Shape,
  about: { readonly title: string; readonly description: string; readonly id?: string },
): z.ZodObject<Shape, z.core.$strict> {
  const known = JSON.stringify(Object.keys(shape));
  const error = (issue: z.core.$ZodRawIssue): string | undefined =>
    issue.code === "unrecognized_keys" || issue.code === "invalid_type" ? known : undefined;
  return z.strictObject(shape, { error }).register(z.globalRegistry, about);
}

/** A list, for which one item may stand. */
export function listOf<T>(item: z.ZodType<T>, options: ListOptions): z.ZodType<T[]> {
  const { min = 0, ...about } = options;
  const list = z.preprocess(
    (raw) => (raw === undefined || Array.isArray(raw) ? raw : [raw]),
    min > 0 ? z.array(item).min(min) : z.array(item),
  );
  return list.register(z.globalRegistry, about).register(spellings, { oneOrList: true });
}

interface ListOptions {
  readonly description: string;
  readonly examples?: readonly unknown[];
  readonly min?: number;
}

/** A map for which a shorter value may stand: `keyOf` says which of the map's keys it becomes. */
export function shortFor<T>(shorthand: Shorthand, map: z.ZodType<T>): z.ZodType<T> {
  const { id, short, keyOf } = shorthand;
  const whole = z.preprocess((raw) => (raw === undefined || isMap(raw) ? raw : { [keyOf(raw)]: raw }), map);
  return whole.register(z.globalRegistry, { id }).register(spellings, { short });
}

interface Shorthand {
  /** What the JSON Schema calls it. */
  readonly id: string;
  /** JSON Schema of the shorter value. */
  readonly short: Readonly<Record<string, unknown>>;
  readonly keyOf: (raw: unknown) => string;
}

/** True for a value that was written as a map. */
export function isMap(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw) && !(raw instanceof TemplateText);
}
