import { Command as Program, CommanderError, InvalidArgumentError, Option } from "commander";
import { commandTable, general, type CommandSpec } from "./command-table.ts";
import { flagTable, type FlagName, type FlagSpec, type Flags } from "./flags.ts";
import { commandHelp, programHelp } from "./help.ts";

/** What the arguments ask for. */
export interface Asked {
  readonly spec: CommandSpec;
  readonly args: readonly string[];
  readonly flags: Flags;
}

export interface ParseOutput {
  out(text: string): void;
  err(text: string): void;
}

/**
 * Reads the arguments. A number is an exit code: help was printed (0), or the arguments are wrong (2) and `err` has
 * been told why, with the nearest name.
 */
export function parseArguments(
  argv: readonly string[],
  options: ParseOutput & { readonly version: string },
): Asked | number {
  let asked: Asked | undefined;
  const program = buildProgram(options, (found) => {
    asked = found;
  });
  if (argv.length === 0) {
    options.err(programHelp());
    return 2;
  }
  try {
    program.parse([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return asked ?? 2;
}

function buildProgram(
  output: ParseOutput & { readonly version: string },
  onAsked: (asked: Asked) => void,
): Program {
  const program = new Program("nemo-recipe")
    .exitOverride()
    .configureOutput({
      writeOut: output.out,
      writeErr: output.err,
      outputError: (text, write) => write(worded(text)),
    })
    .configureHelp({ formatHelp: () => programHelp() })
    .version(output.version, "-V, --version")
    .helpCommand("help [command]")
    .showSuggestionAfterError(true);
  for (const spec of commandTable) addCommand(program, spec, onAsked);
  return program;
}

function addCommand(program: Program, spec: CommandSpec, onAsked: (asked: Asked) => void): void {
  const command = program
    .command(spec.name)
    .copyInheritedSettings(program)
    .configureHelp({ formatHelp: () => commandHelp(spec) })
    .allowExcessArguments(false);
  if (spec.args !== undefined) command.argument(spec.args);
  for (const name of [...spec.flags, ...general]) command.addOption(optionOf(name));
  command.action(() => onAsked({ spec, args: command.args, flags: renamed(command.opts()) }));
}

function optionOf(name: FlagName): Option {
  const spec = flagTable[name];
  const option = new Option(spec.flag, spec.says);
  const { number } = spec;
  if (spec.many === true) option.argParser((text: string, before?: string[]) => [...(before ?? []), text]);
  if (number !== undefined) option.argParser((text: string) => readNumber(text, number));
  return option;
}

function readNumber(text: string, rule: NonNullable<FlagSpec["number"]>): number {
  const value = Number(text);
  const fits = text.trim() !== "" && value >= rule.min && value <= (rule.max ?? Infinity);
  if (fits && (!rule.whole || Number.isInteger(value))) return value;
  const upTo = rule.max === undefined ? ` of at least ${rule.min}` : ` from ${rule.min} to ${rule.max}`;
  throw new InvalidArgumentError(`It is a ${rule.whole ? "whole " : ""}number${upTo}.`);
}

const renamed = (options: Record<string, unknown>): Flags => options as Flags;

/** commander's sentences, with the next step. */
function worded(text: string): string {
  const recipe = /unknown command '(.+\.ya?ml)'/.exec(text)?.[1];
  if (recipe !== undefined) return `error: ${recipe} is no command. To make it: nemo-recipe run ${recipe}\n`;
  return `${text.trimEnd()}\nnemo-recipe --help lists the commands, nemo-recipe <command> --help its flags.\n`;
}
