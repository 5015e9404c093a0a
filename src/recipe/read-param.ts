import type { Scalar } from "../base/json.ts";
import { nearMiss } from "../base/near-miss.ts";
import { shorten } from "../base/shorten.ts";
import { compilePattern } from "./pattern.ts";
import type { Param } from "./recipe.ts";

/** A parameter's value, or why it is none: `message` is a whole sentence without the parameter's name. */
export type ReadParam =
  | { readonly value: string | number | boolean }
  | { readonly message: string; readonly hint?: string };

type Rules = Pick<Param, "type" | "enum" | "min" | "max" | "pattern">;

const maxMatched = 4096;

/** Reads a parameter from text: `--param`, `NEMO_PARAM_NAME`, a CSV column. Spaces around numbers are passed over. */
export function readParam(param: Rules, text: string): ReadParam {
  if (param.type === "string") return checkParam(param, text);
  const word = text.trim();
  if (param.type === "boolean") {
    const value = new Map([
      ["true", true],
      ["false", false],
    ]).get(word.toLowerCase());
    return value === undefined ? wrongType(param, text) : checkParam(param, value);
  }
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(word)
    ? checkParam(param, Number(word))
    : wrongType(param, text);
}

/** Checks a value against its parameter's type, `enum`, `min`, `max` and `pattern`. */
export function checkParam(param: Rules, value: Scalar): ReadParam {
  if (value === null || !fitsType(param.type, value)) return wrongType(param, value);
  if (param.enum !== undefined && !param.enum.some((allowed) => allowed === value)) {
    const near = nearMiss(String(value), param.enum.map(String));
    const message = `${show(value)} is not one of ${param.enum.map(show).join(", ")}`;
    return near === undefined ? { message } : { message, hint: `did you mean ${show(near)}?` };
  }
  if (typeof value === "number" && param.min !== undefined && value < param.min)
    return { message: `${value} is less than the least value, ${param.min}` };
  if (typeof value === "number" && param.max !== undefined && value > param.max)
    return { message: `${value} is more than the greatest value, ${param.max}` };
  if (typeof value === "string" && param.pattern !== undefined) return checkPattern(param.pattern, value);
  return { value };
}

function checkPattern(pattern: string, value: string): ReadParam {
  const compiled = compilePattern(pattern);
  if ("message" in compiled) return { message: compiled.message };
  if (value.length > maxMatched) return { message: `the text is longer than ${maxMatched} characters` };
  return compiled.test(value)
    ? { value }
    : { message: `${show(value)} does not match the pattern ${pattern}` };
}

function fitsType(type: Param["type"], value: string | number | boolean): boolean {
  if (type === "integer") return Number.isSafeInteger(value);
  if (type === "number") return typeof value === "number" && Number.isFinite(value);
  return typeof value === type;
}

const typeNames = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
} as const;

function wrongType(param: Rules, value: Scalar): ReadParam {
  const message = `${show(value)} is not ${typeNames[param.type]}`;
  const isNumberForText =
    param.type === "string" && (typeof value === "number" || typeof value === "boolean");
  return isNumberForText ? { message, hint: `put it in quotes: "${String(value)}"` } : { message };
}

function show(value: Scalar): string {
  return typeof value === "string" ? `"${shorten(value)}"` : String(value);
}
