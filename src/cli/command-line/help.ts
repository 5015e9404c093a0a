import type { CommandSpec } from "./command-spec.ts";
import { commandTable } from "./command-table.ts";
import { general } from "./table/flag-lists.ts";
import { flagTable, type FlagName } from "./flags.ts";

/** Explained once, in the program's own help. */
const common: readonly FlagName[] = ["config", "profile", "stateDir", ...general];

/** The help of the program: every command in one line. */
export function programHelp(): string {
  const width = Math.max(...commandTable.map((spec) => spec.name.length));
  return [
    "Videos as code: a YAML recipe becomes a video, and no prompt is ever paid twice.",
    "",
    "Usage: nemo-recipe <command> [arguments] [flags]",
    "",
    ...commandTable.map((spec) => `  ${spec.name.padEnd(width)}  ${firstSentence(spec.says)}`),
    "",
    ...wrapped(`Flags of many commands: ${common.map((name) => shortFlag(flagTable[name].flag)).join(", ")}`),
    "",
    "Examples",
    "  nemo-recipe run examples/promo.yaml --local",
    "  nemo-recipe init && nemo-recipe run",
    "",
    "nemo-recipe <command> --help shows the flags of a command.",
    "",
  ].join("\n");
}

/** The help of one command: it fits a screen. */
export function commandHelp(spec: CommandSpec): string {
  const own = spec.flags.filter((name) => !common.includes(name));
  const shared = [...spec.flags.filter((name) => common.includes(name)), ...general];
  const args = spec.shownArgs ?? spec.args;
  return [
    `Usage: nemo-recipe ${spec.name}${args === undefined ? "" : ` ${args}`} [flags]`,
    "",
    spec.says,
    ...(spec.more ?? []),
    ...(own.length === 0 ? [] : ["", ...flagLines(own)]),
    "",
    ...wrapped(`Also: ${shared.map((name) => shortFlag(flagTable[name].flag)).join(", ")}`),
    "",
    "Examples",
    ...spec.examples.map((example) => `  nemo-recipe ${example}`),
    "",
  ].join("\n");
}

function flagLines(names: readonly FlagName[]): string[] {
  const rows = names.map((name) => flagTable[name]).map((spec) => [shown(spec.flag), spec.says] as const);
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return rows.map(([flag, says]) => `  ${flag.padEnd(width)}  ${says}`);
}

/** Long flags stand below each other. */
const shown = (flag: string): string => shortFlag(flag).replace(/^(?=--)/, "    ");

const shortFlag = (flag: string): string => flag.replace(/[<>]/g, "");

const firstSentence = (text: string): string =>
  /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/[.:]$/, "") ?? text;

function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > 78)
      lines.push(last === undefined ? word : `  ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
