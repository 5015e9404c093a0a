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
  const { offers } = command;
  const args =
    offers === "nothing"
      ? []
      : [quoted(`*:argument:${offers === "files" ? "_files" : `(${offers.join(" ")})`}`)];
  const lines = [...command.flags.flatMap(flagArguments), "'--help[show help]'", ...args];
  return [
    `    ${command.name})`,
    "      _arguments \\",
    ...lines.map((line) => `        ${line} \\`),
    "        && return ;;",
  ];
}

function flagArguments(flag: ShellFlag): string[] {
  const value = flag.takesValue ? `:${flag.long}:${action(flag)}` : "";
  const says = `[${flag.says.replaceAll(/[[\]]/g, "\\$&").replaceAll(":", "\\:")}]${value}`;
  const long = quoted(`--${flag.long}${says}`);
  return flag.short === undefined ? [long] : [quoted(`-${flag.short}${says}`), long];
}

function action({ offers }: ShellFlag): string {
  if (offers === "files") return "_files";
  if (offers === "folders") return "_files -/";
  return offers === "nothing" ? " " : `(${offers.join(" ")})`;
}

const colonSafe = (text: string): string => text.replaceAll(":", "\\:");

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
