import { nearMiss } from "../../base/near-miss.ts";
import type { CommandSpec } from "./command-spec.ts";
import { commandTable } from "./command-table.ts";
import { general, takenByAll } from "./table/flag-lists.ts";
import { exitCodes } from "../exit-code.ts";
import type { FlagName, Flags } from "./flags.ts";
import { commandHelp, programHelp } from "./help.ts";
import { readFlags } from "./read-flags.ts";
import { Stop, usage } from "../stop.ts";

/** What a command line asks for: a command, or text to be printed. */
export type Asked =
  | {
      readonly kind: "command";
      readonly spec: CommandSpec;
      readonly args: readonly string[];
      readonly flags: Flags;
    }
  | { readonly kind: "text"; readonly text: string };

/** Reads a command line by the table. Stops with exit 2, and the nearest known name, where it is wrong. */
export function parseArguments(argv: readonly string[], version: string): Asked {
  const [first, ...rest] = argv;
  if (first === undefined) throw new Stop(2, "", { hint: programHelp().trimEnd() });
  if (first === "--version" || first === "-V") return { kind: "text", text: `${version}\n` };
  if (isHelp(first)) return { kind: "text", text: programHelp() };
  if (first === "help")
    return { kind: "text", text: rest[0] === undefined ? programHelp() : commandHelp(find(rest[0])) };
  if (first.startsWith("-")) throw usage(`a command comes before ${first}.`, hintBefore(first));
  const spec = find(first);
  const ownEnd = rest.indexOf("--");
  if (rest.slice(0, ownEnd === -1 ? undefined : ownEnd).some(isHelp))
    return { kind: "text", text: commandHelp(spec) };
  return readCommand(spec, rest);
}

const seeHelp = "nemo-recipe --help lists the commands.";

/** Two flags go without a command, and are tried as commands. */
function hintBefore(flag: string): string {
  const near = nearMiss(flag.replace(/^-+/, ""), ["help", "version"]);
  return near === undefined ? seeHelp : `did you mean --${near}?`;
}

const isUnset = "Was a variable meant that is not set? Say what is meant, or leave the argument out.";

const isHelp = (arg: string): boolean => arg === "--help" || arg === "-h";

function readCommand(spec: CommandSpec, rest: readonly string[]): Asked {
  try {
    const { args, flags } = readFlags(rest, flagsOf(spec));
    checkArguments(spec, args);
    return { kind: "command", spec, args, flags };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const { message, code, hint = `nemo-recipe ${spec.name} --help shows how it is used.` } = error;
    throw new Stop(exitCodes.usage, message, { code, hint });
  }
}

/** `doctor` has a `--config` of its own. */
function flagsOf({ flags }: CommandSpec): readonly FlagName[] {
  const taken = flags.includes("showConfig") ? takenByAll.filter((name) => name !== "config") : takenByAll;
  return [...new Set([...flags, ...general, ...taken])];
}

function checkArguments({ name, args: wanted = "", shownArgs }: CommandSpec, args: readonly string[]): void {
  // A name that begins with nothing would be any name: the newest job's.
  if (args.includes("")) throw usage(`${name}: an argument is empty.`, isUnset);
  const needed = wanted.match(/</g)?.length ?? 0;
  if (args.length < needed) throw usage(`${name} needs ${shownArgs ?? wanted}.`);
  if (wanted.includes("...")) return;
  const most = wanted === "" ? 0 : wanted.split(" ").length;
  if (args.length <= most) return;
  const takes = ["no arguments", "one argument"][most] ?? `${most} arguments`;
  throw usage(`${name} takes ${takes}, and "${args[most]}" is one too many.`);
}

function find(name: string): CommandSpec {
  const spec = commandTable.find((one) => one.name === name);
  if (spec !== undefined) return spec;
  if (/\.ya?ml$/.test(name))
    throw usage(`${name} is no command.`, `To make it: nemo-recipe run ${name}`, "unknown-command");
  const near = nearMiss(
    name,
    commandTable.map((one) => one.name),
  );
  const hint = near === undefined ? hintBefore(name) : `did you mean ${near}?`;
  throw usage(`there is no command ${name}`, hint, "unknown-command");
}
