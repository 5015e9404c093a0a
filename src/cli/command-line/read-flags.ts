import { flagTable, type FlagName, type Flags } from "./flags.ts";
import { letterOf, longName, type FlagSpec } from "./flags/flag-spec.ts";
import { usage } from "../stop.ts";
import { unknownFlag } from "./unknown-flag.ts";

/** A flag as it is looked up: by its long name or its letter. */
interface KnownFlag {
  readonly spec: FlagSpec;
  readonly long: string;
  readonly letter: string | undefined;
  readonly value: "none" | "needed" | "optional";
}

export interface ReadArguments {
  readonly args: readonly string[];
  readonly flags: Flags;
}

/**
 * Tells flags from arguments, as people expect of a command line: `--name value`, `--name=value`, `-n value`,
 * `-nvalue`, `-ab`, and nothing is a flag after `--`. Stops with exit 2 at what is not known.
 */
export function readFlags(argv: readonly string[], names: readonly FlagName[]): ReadArguments {
  const known = names.map(knownFlag);
  const args: string[] = [];
  const values: Record<string, unknown> = {};
  const rest = [...argv];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === "--") return { args: [...args, ...rest], flags: values };
    if (arg === "-" || !arg.startsWith("-")) args.push(arg);
    else if (arg.startsWith("--")) readLong(arg, { known, rest, values });
    else readLetters(arg, { known, rest, values });
  }
  return { args, flags: values };
}

interface Reading {
  readonly known: readonly KnownFlag[];
  /** What comes behind, to take a value from. */
  readonly rest: string[];
  readonly values: Record<string, unknown>;
}

function knownFlag(name: FlagName): KnownFlag {
  const spec = flagTable[name];
  const value = spec.flag.includes("<") ? "needed" : spec.flag.includes("[") ? "optional" : "none";
  return { spec, value, long: longName(spec), letter: letterOf(spec) };
}

function readLong(arg: string, reading: Reading): void {
  const [name = "", ...inline] = arg.slice(2).split("=");
  const flag = reading.known.find(({ long }) => long === name);
  if (flag === undefined) throw unknownFlag(`--${name}`, longNames(reading));
  take(flag, inline.length === 0 ? undefined : inline.join("="), reading);
}

function readLetters(arg: string, reading: Reading): void {
  for (let letters = arg.slice(1); letters !== ""; letters = letters.slice(1)) {
    const flag = reading.known.find(({ letter }) => letter === letters[0]);
    if (flag === undefined) throw unknownFlag(`-${letters[0]}`, longNames(reading));
    if (flag.value === "none") take(flag, undefined, reading);
    else return take(flag, letters.slice(1).replace(/^=/, "") || undefined, reading);
  }
}

function take(flag: KnownFlag, inline: string | undefined, reading: Reading): void {
  const { spec, long } = flag;
  if (flag.value === "none") {
    if (inline !== undefined) throw usage(`--${long} takes no value.`, undefined, "flag-value");
    const isNo = long.startsWith("no-");
    reading.values[camel(isNo ? long.slice(3) : long)] = !isNo;
    return;
  }
  const text = inline ?? next(flag, reading);
  if (text === undefined && flag.value === "needed")
    throw usage(`${spec.flag}: the value is missing.`, undefined, "flag-value");
  // Of what is said in repeated flags the recipe tells the place.
  if (text === "" && spec.many !== true && spec.number === undefined)
    throw usage(`--${long}: the value is empty.`, undefined, "flag-value");
  const value =
    text === undefined ? true : spec.number === undefined ? text : readNumber(long, text, spec.number);
  const before = reading.values[camel(long)];
  reading.values[camel(long)] =
    spec.many === true ? [...(Array.isArray(before) ? before : []), value] : value;
}

/** The next argument is the value, unless it is itself a flag: then the value was forgotten. */
function next({ value }: KnownFlag, { known, rest }: Reading): string | undefined {
  const [first] = rest;
  if (first === undefined) return undefined;
  const name = first.split("=")[0] ?? "";
  const isFlag = known.some(
    ({ long, letter }) => name === `--${long}` || (letter !== undefined && name === `-${letter}`),
  );
  if (isFlag || (value === "optional" && first.startsWith("-"))) return undefined;
  return rest.shift();
}

function readNumber(long: string, text: string, rule: NonNullable<FlagSpec["number"]>): number {
  const value = Number(text);
  const fits = text.trim() !== "" && value >= rule.min && value <= (rule.max ?? Infinity);
  if (fits && Number.isFinite(value) && (!rule.whole || Number.isInteger(value))) return value;
  const upTo = rule.max === undefined ? `of at least ${rule.min}` : `from ${rule.min} to ${rule.max}`;
  const message = `--${long} ${text}: it is a ${rule.whole ? "whole " : ""}number ${upTo}.`;
  throw usage(message, undefined, "flag-value");
}

const longNames = ({ known }: Reading): readonly string[] => known.map(({ long }) => long);

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
