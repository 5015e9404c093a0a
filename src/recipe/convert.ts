import { formatDuration, parseDuration } from "../base/duration.ts";
import type { Scalar } from "../base/json.ts";
import { nearMiss } from "../base/near-miss.ts";
import type { Range } from "../base/range.ts";
import { parseRange } from "../base/range.ts";
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
    return { message: "must be `true` or `false`" };
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
      ? { message: "must be a number or a range such as `2`, `1..`, `..3` or `1..3`" }
      : { value };
  },
  durationRange: (raw) => {
    const value = readRange(raw, parseDuration);
    if (value !== undefined) return { value };
    const message = "must be a duration or a range such as `15s`, `14s..16s`, `10s..` or `..1m`";
    return typeof raw === "number" ? { message, hint: `durations have a unit: ${raw}s` } : { message };
  },
  format: (raw) => choose(formats, raw),
  quality: (raw) => choose(qualities, raw),
  aspect: (raw) =>
    typeof raw === "string" && /^\d+(\.\d+)?:\d+(\.\d+)?$/.test(raw)
      ? { value: raw }
      : { message: 'must be a ratio in quotes such as "16:9" or "9:16"' },
  language: (raw) =>
    typeof raw === "string" && isLanguage(raw)
      ? { value: raw }
      : { message: "must be a language tag such as `en`, `de` or `pt-BR`" },
};

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

/** How a hint starts that says to quote a number, true or false. */
export const quoteHint = "put it in quotes:";

function readText(raw: unknown): Converted<string> {
  if (typeof raw === "string") return raw.trim() === "" ? { message: "must not be empty" } : { value: raw };
  if (typeof raw === "number" || typeof raw === "boolean")
    return { message: "must be text", hint: `${quoteHint} ${quote(String(raw))}` };
  return { message: raw === null ? "must not be empty" : "must be text" };
}

function readDuration(raw: unknown): Converted<number> {
  const value = typeof raw === "string" ? parseDuration(raw) : undefined;
  if (value !== undefined && Number.isSafeInteger(value)) return { value };
  const message = "must be a duration such as `500ms`, `2s`, `15m`, `1h30m` or `7d`";
  return typeof raw === "number" && Number.isFinite(raw) && raw > 0
    ? { message, hint: `durations have a unit: ${formatDuration(raw * 1000)}` }
    : { message };
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
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
