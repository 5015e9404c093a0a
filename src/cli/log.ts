import { resolve } from "node:path";
import { diskReason } from "../files/disk-failure.ts";
import type { Flags } from "./command-line/flags.ts";
import type { Io } from "./io.ts";
import type { Secrets } from "./redact.ts";
import type { Screen } from "./screen.ts";
import { usage } from "./stop.ts";

/** Structured logs, each line cleaned of secrets. */
export interface Log {
  readonly isOpen: boolean;
  debug(facts: object, message: string): void;
  close(): Promise<void>;
}

interface LogPlace {
  readonly io: Io;
  readonly flags: Flags;
  readonly secrets: Secrets;
  /** Told where the log ends before the work does. */
  readonly screen: Screen;
}

/** Writes nowhere. */
const silentLog: Log = { isOpen: false, debug: () => {}, close: async () => {} };

/**
 * Logs where --verbose, --log-file or NEMO_RECIPE_LOG=debug ask for them; else nowhere, and pino is never loaded. Stops
 * with exit 2 where the file cannot be opened; one that cannot be written later ends the log, and not the work.
 */
export async function openLog({ io, flags, secrets, screen }: LogPlace): Promise<Log> {
  const { logFile } = flags;
  const wanted = flags.verbose === true || logFile !== undefined || io.env["NEMO_RECIPE_LOG"] === "debug";
  if (!wanted) return silentLog;
  const { pino } = await import("pino");
  let isOpen = true;
  const openFile = (shown: string): ReturnType<typeof pino.destination> => {
    try {
      return pino.destination({ dest: resolve(io.cwd, shown), append: true, mkdir: true, sync: true });
    } catch (error) {
      const message = `--log-file ${shown}: it cannot be written: ${diskReason(error)}.`;
      throw usage(message, "Name another file, or leave it out.", "flag-value");
    }
  };
  const file = logFile === undefined ? undefined : openFile(logFile);
  file?.on("error", (error) => {
    if (isOpen) screen.alert(`${screen.paint.yellow("!")} the log ends here: ${diskReason(error)}`);
    isOpen = false;
  });
  const write = (line: string): void => {
    if (isOpen) (file ?? io.stderr).write(secrets.redact(line));
  };
  const logger = pino({ level: "debug", base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write });
  return {
    get isOpen() {
      return isOpen;
    },
    debug: (facts, message) => logger.debug(facts, message),
    close: async () => file?.end(),
  };
}
