import type { CommandSpec } from "../command-line/command-spec.ts";
import { commandTable } from "../command-line/command-table.ts";
import { general } from "../command-line/table/flag-lists.ts";
import { flagTable, type FlagName } from "../command-line/flags.ts";
import { letterOf, longName } from "../command-line/flags/flag-spec.ts";

/** A flag as a shell knows it. */
export interface ShellFlag {
  readonly long: string;
  readonly short?: string;
  readonly says: string;
  readonly takesValue: boolean;
  readonly offers: readonly string[] | "files" | "folders" | "nothing";
}

/** A command as a shell knows it. */
export interface ShellCommand {
  readonly name: string;
  readonly says: string;
  readonly flags: readonly ShellFlag[];
  /** Words that may stand as an argument. */
  readonly words: readonly string[];
  /** Whether a file or folder may. */
  readonly files: boolean;
}

/** What there is to complete, from the same table as help and parsing. `recipes` are the bundled names. */
export function shellCommands(recipes: readonly string[]): ShellCommand[] {
  return commandTable.map((spec) => ({
    name: spec.name,
    says: spec.says,
    flags: [...spec.flags, ...general].map(shellFlag),
    words: wordsOf(spec, recipes),
    files: spec.offers === "files" || spec.offers === "recipes and files",
  }));
}

function shellFlag(name: FlagName): ShellFlag {
  const spec = flagTable[name];
  const short = letterOf(spec);
  return {
    long: longName(spec),
    ...(short !== undefined && { short }),
    says: spec.says,
    takesValue: spec.flag.includes("<"),
    offers: spec.offers ?? "nothing",
  };
}

function wordsOf({ offers = [] }: CommandSpec, recipes: readonly string[]): readonly string[] {
  if (typeof offers !== "string") return offers;
  return offers === "files" ? [] : recipes;
}
