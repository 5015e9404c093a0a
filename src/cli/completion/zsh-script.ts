import type { ShellCommand, ShellFlag } from "./shell-words.ts";

/** Completion for zsh. */
export function zshScript(commands: readonly ShellCommand[]): string {
  return [
    "#compdef nemo-recipe",
    "_nemo_recipe() {",
    "  local -a commands",
    "  commands=(",
    ...commands.map((command) => `    ${quoted(`${command.name}:${colonSafe(command.says)}`)}`),
    "  )",
    "  if (( CURRENT == 2 )); then _describe command commands; return; fi",
    "  local name=$words[2]",
    "  shift words; (( CURRENT-- ))",
    "  case $name in",
    ...commands.flatMap(commandCase),
    "  esac",
    "}",
    'if [ "$funcstack[1]" = "_nemo_recipe" ]; then _nemo_recipe "$@"; else compdef _nemo_recipe nemo-recipe; fi',
    "",
  ].join("\n");
}

function commandCase(command: ShellCommand): string[] {
  const words = `(${command.words.join(" ")})`;
  const both = `{_alternative "recipes:recipe:${words}" "files:file:_files"}`;
  const action = command.words.length === 0 ? "_files" : command.files ? both : words;
  const args = command.files || command.words.length > 0 ? [quoted(`*:argument:${action}`)] : [];
  const lines = [...command.flags.flatMap(flagArguments), "'--help[show help]'", ...args];
  return [
    `    ${command.name})`,
    "      _arguments \\",
    ...lines.map((line) => `        ${line} \\`),
    "        && return ;;",
  ];
}

function flagArguments(flag: ShellFlag): string[] {
  const value = flag.takesValue ? `:${flag.long}:${valueOf(flag)}` : "";
  const says = `[${flag.says.replaceAll(/[[\]]/g, "\\$&").replaceAll(":", "\\:")}]${value}`;
  const long = quoted(`--${flag.long}${says}`);
  return flag.short === undefined ? [long] : [quoted(`-${flag.short}${says}`), long];
}

function valueOf({ offers }: ShellFlag): string {
  if (offers === "files") return "_files";
  if (offers === "folders") return "_files -/";
  return offers === "nothing" ? " " : `(${offers.join(" ")})`;
}

const colonSafe = (text: string): string => text.replaceAll(":", "\\:");

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
