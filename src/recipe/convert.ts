import { formatDuration, parseDuration } from "../base/duration.ts";
import type { Scalar } from "../base/json.ts";
import { nearMiss } from "../base/near-miss.ts";
import type { Range } from "../base/range.ts";
import { parseRange } from "../base/range.ts";
import { nearSpellings } from "./near-spellings.ts";
import { quote } from "./quote.ts";
import type { Format, Quality, TemplateKind } from "./recipe.ts";
import { formats, qualities } from "./recipe.ts";

/** What a value of each kind becomes. Durations in milliseconds. */
export interface KindValues {
  readonly text: string;
  readonly scalar: Scalar;
  readonly integer: number;
  readonly count: number;
  readonly boolean: boolean;
  readonly durationMs: number;
  readonly since: number | "last-run";
  readonly range: Range;
  readonly durationRange: Range;
  readonly format: Format;
  readonly quality: Quality;
  readonly aspect: string;
  readonly language: string;
}

/** A value, or what it must be: `message` goes on after the field's name. */
export type Converted<T> = { readonly value: T } | { readonly message: string; readonly hint?: string };

/** Reads a value as its kind. The one set of rules for what stands in a recipe and for what a template gives. */
export function convert<Kind extends TemplateKind>(kind: Kind, raw: unknown): Converted<KindValues[Kind]> {
  const read: (raw: unknown) => Converted<KindValues[Kind]> = readers[kind];
  return read(raw);
}

type Readers = { readonly [Kind in TemplateKind]: (raw: unknown) => Converted<KindValues[Kind]> };

const readers: Readers = {
  text: readText,
  scalar: (raw) =>
    isScalar(raw) ? { value: raw } : { message: "must be one value: text, a number, true or false" },
  integer: (raw) => {
    const value = readNumber(raw);
    return value !== undefined && Number.isSafeInteger(value)
      ? { value }
      : { message: "must be a whole number" };
  },
  count: (raw) => {
    const value = readNumber(raw);
    return value !== undefined && Number.isSafeInteger(value) && value >= 1
      ? { value }
      : { message: "must be a whole number, 1 or more" };
  },
  boolean: (raw) => {
    if (raw === true || raw === "true") return { value: true };
    if (raw === false || raw === "false") return { value: false };
    const meant = typeof raw === "string" ? spokenBooleans.get(raw.toLowerCase()) : undefined;
    const message = "must be `true` or `false`";
    return meant === undefined ? { message } : { message, hint: `write \`${meant}\`` };
  },
  durationMs: readDuration,
  since: (raw) => {
    if (raw === "last-run") return { value: "last-run" };
    const read = readDuration(raw);
    return "value" in read ? read : { ...read, message: "must be a duration such as `7d`, or `last-run`" };
  },
  range: (raw) => {
    const value = typeof raw === "number" ? { min: raw, max: raw } : readRange(raw, plainNumber);
    return value === undefined || !isSane(value)
      ? withMeant(
          "must be a number or a range such as `2`, `1..`, `..3` or `1..3`",
          raw,
          (text) => readRange(text, plainNumber) !== undefined,
        )
      : { value };
  },
  durationRange: (raw) => {
    const value = readRange(raw, parseDuration);
    if (value !== undefined) return { value };
    const message = "must be a duration or a range such as `15s`, `14s..16s`, `10s..` or `..1m`";
    if (typeof raw === "number") return { message, hint: `durations have a unit: ${raw}s` };
    return withMeant(message, raw, (text) => readRange(text, parseDuration) !== undefined);
  },
  format: (raw) => choose(formats, raw),
  quality: (raw) => choose(qualities, raw),
  aspect: (raw) =>
    typeof raw === "string" && /^\d+(\.\d+)?:\d+(\.\d+)?$/.test(raw)
      ? { value: raw }
      : { message: 'must be a ratio in quotes such as "16:9" or "9:16"' },
  language: (raw) => {
    if (typeof raw === "string" && isLanguage(raw)) return { value: raw };
    const message = "must be a language tag such as `en`, `de` or `pt-BR`";
    const tag = typeof raw === "string" ? raw.replaceAll("_", "-") : "";
    return isLanguage(tag) ? { message, hint: `did you mean \`${tag}\`?` } : { message };
  },
};

const spokenBooleans: ReadonlyMap<string, boolean> = new Map([
  ...["yes", "y", "on", "1"].map((word) => [word, true] as const),
  ...["no", "n", "off", "0"].map((word) => [word, false] as const),
]);

/** One of some words; else the message names them all, and the hint the nearest. */
export function choose<Word extends string>(words: readonly Word[], raw: unknown): Converted<Word> {
  const value = words.find((word) => word === raw);
  if (value !== undefined) return { value };
  const near = typeof raw === "string" ? nearMiss(raw, words) : undefined;
  const message = `must be ${words
    .map((word) => `\`${word}\``)
    .join(", ")
    .replace(/, ([^,]*)$/, " or $1")}`;
  return near === undefined ? { message } : { message, hint: `did you mean \`${near}\`?` };
}

/** What is said of a text that is nothing. */
export const isEmpty = "must not be empty";

/** How a hint starts that says to quote a number, true or false. */
export const quoteHint = "put it in quotes:";

function readText(raw: unknown): Converted<string> {
  if (typeof raw === "string") return raw.trim() === "" ? { message: isEmpty } : { value: raw };
  if (typeof raw === "number" || typeof raw === "boolean")
    return { message: "must be text", hint: `${quoteHint} ${quote(String(raw))}` };
  return { message: raw === null ? isEmpty : "must be text" };
}

function readDuration(raw: unknown): Converted<number> {
  const value = typeof raw === "string" ? parseDuration(raw) : undefined;
  if (value !== undefined && Number.isSafeInteger(value)) return { value };
  const message = "must be a duration such as `500ms`, `2s`, `15m`, `1h30m` or `7d`";
  if (typeof raw === "number" && Number.isFinite(raw) && raw > 0)
    return { message, hint: `durations have a unit: ${formatDuration(raw * 1000)}` };
  return withMeant(message, raw, (text) => parseDuration(text) !== undefined);
}

/** Adds the spelling that was meant, where one is near. */
function withMeant(
  message: string,
  raw: unknown,
  fits: (text: string) => boolean,
): { readonly message: string; readonly hint?: string } {
  if (typeof raw !== "string" || raw.length > 60) return { message };
  const meant = nearSpellings(raw).find(fits);
  return meant === undefined ? { message } : { message, hint: `did you mean \`${meant}\`?` };
}

function readRange(raw: unknown, end: (text: string) => number | undefined): Range | undefined {
  return typeof raw === "string" ? parseRange(raw.trim(), end) : undefined;
}

const plainNumber = (text: string): number | undefined =>
  /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;

const isSane = (range: Range): boolean =>
  Object.values(range).every((end: number) => Number.isFinite(end) && end >= 0);

function readNumber(raw: unknown): number | undefined {
  if (typeof raw === "number") return raw;
  return typeof raw === "string" && /^-?\d+(\.\d+)?$/.test(raw.trim()) ? Number(raw) : undefined;
}

export function isScalar(raw: unknown): raw is Scalar {
  return raw === null || ["string", "number", "boolean"].includes(typeof raw);
}

function isLanguage(tag: string): boolean {
  // The grammar leaves room for names of five letters and more, and no language has one: `english` is no tag.
  if (!/^(?:[a-z]{2,3}|x)(?:-|$)/i.test(tag)) return false;
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
