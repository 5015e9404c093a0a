import type { CommandSpec } from "./command-spec.ts";
import { beginningCommands } from "./table/beginning-commands.ts";
import { jobCommands } from "./table/job-commands.ts";
import { lastingCommands } from "./table/lasting-commands.ts";
import { lookingCommands } from "./table/looking-commands.ts";
import { makingCommands } from "./table/making-commands.ts";
import { toolCommands } from "./table/tool-commands.ts";

/** Every command, in the order of help. */
export const commandTable: readonly CommandSpec[] = [
  ...makingCommands,
  ...lastingCommands,
  ...beginningCommands,
  ...lookingCommands,
  ...jobCommands,
  ...toolCommands,
];
