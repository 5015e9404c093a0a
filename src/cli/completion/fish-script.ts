import type { ShellCommand, ShellFlag } from "./shell-words.ts";

/** Completion for fish. */
export function fishScript(commands: readonly ShellCommand[]): string {
  return [
    "# fish completion for nemo-recipe",
    "complete -c nemo-recipe -f",
    ...commands.map(
      (command) =>
        `complete -c nemo-recipe -n __fish_use_subcommand -a ${command.name} -d ${quoted(command.says)}`,
    ),
    ...commands.flatMap((command) => [
      ...argumentLines(command),
      ...command.flags.map((flag) => flagLine(command, flag)),
    ]),
    "",
  ].join("\n");
}

const seen = (command: ShellCommand): string =>
  `complete -c nemo-recipe -n '__fish_seen_subcommand_from ${command.name}'`;

function argumentLines(command: ShellCommand): string[] {
  return [
    ...(command.words.length > 0 ? [`${seen(command)} -a ${quoted(command.words.join(" "))}`] : []),
    ...(command.files ? [`${seen(command)} -F`] : []),
  ];
}

function flagLine(command: ShellCommand, flag: ShellFlag): string {
  const short = flag.short === undefined ? "" : ` -s ${flag.short}`;
  return `${seen(command)} -l ${flag.long}${short}${value(flag)} -d ${quoted(flag.says)}`;
}

function value({ takesValue, offers }: ShellFlag): string {
  if (!takesValue) return "";
  if (offers === "files") return " -r -F";
  if (offers === "folders") return " -x -a '(__fish_complete_directories)'";
  return offers === "nothing" ? " -x" : ` -x -a ${quoted(offers.join(" "))}`;
}

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
