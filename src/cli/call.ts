import type { Flags } from "./command-line/flags.ts";
import type { Io } from "./io.ts";
import type { Log } from "./log.ts";
import type { Screen } from "./screen.ts";
import type { Secrets } from "./redact.ts";

/** One command as it was called. */
export interface Call {
  readonly args: readonly string[];
  readonly flags: Flags;
  readonly io: Io;
  readonly screen: Screen;
  readonly secrets: Secrets;
  readonly log: Log;
}

/** Does a command and says the exit code. */
export type Command = (call: Call) => Promise<number>;
