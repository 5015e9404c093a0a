import type { ShellCommand, ShellFlag } from "./shell-words.ts";

/** Completion for bash 3.2 and newer. */
export function bashScript(commands: readonly ShellCommand[]): string {
  return [
    "# bash completion for nemo-recipe",
    "_nemo_recipe() {",
    '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words="" files=""',
    // `--backend=lo` comes in three words.
    '  if [ "$word" = "=" ]; then word=""',
    '  elif [ "$before" = "=" ]; then before="${COMP_WORDS[COMP_CWORD-2]}"; fi',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    words="${["help", ...commands.map((command) => command.name)].join(" ")} --help --version"`,
    "  else",
    '    case "${COMP_WORDS[1]}" in',
    ...commands.flatMap(commandCase),
    '      help) words="' + commands.map((command) => command.name).join(" ") + '" ;;',
    "    esac",
    "  fi",
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    // A name with a blank is one name.
    "  local IFS=$'\\n'",
    '  if [ "$files" = files ]; then COMPREPLY+=($(compgen -f -- "$word")); fi',
    '  if [ "$files" = folders ]; then COMPREPLY+=($(compgen -d -- "$word")); fi',
    "}",
    "complete -o filenames -o bashdefault -F _nemo_recipe nemo-recipe",
    "",
  ].join("\n");
}

function commandCase(command: ShellCommand): string[] {
  const flags = command.flags.map((flag) => `--${flag.long}`).join(" ");
  const args = command.words.map((word) => `${word} `).join("");
  return [
    `      ${command.name})`,
    '        case "$before" in',
    ...command.flags.filter((flag) => flag.takesValue).map(valueCase),
    `          *) words="${args}${flags} --help"${command.files ? "; files=files" : ""} ;;`,
    "        esac ;;",
  ];
}

function valueCase(flag: ShellFlag): string {
  const names = flag.short === undefined ? `--${flag.long}` : `-${flag.short}|--${flag.long}`;
  const { offers } = flag;
  if (offers === "files" || offers === "folders") return `          ${names}) files=${offers} ;;`;
  return `          ${names}) words="${offers === "nothing" ? "" : offers.join(" ")}" ;;`;
}
