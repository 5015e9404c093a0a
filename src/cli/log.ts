import { resolve } from "node:path";
import type { Flags } from "./command-line/flags.ts";
import type { Io } from "./io.ts";
import type { Secrets } from "./redact.ts";

/** Structured logs, each line cleaned of secrets. */
export interface Log {
  readonly isOpen: boolean;
  debug(facts: object, message: string): void;
  close(): Promise<void>;
}

/** Writes nowhere. */
const silentLog: Log = { isOpen: false, debug: () => {}, close: async () => {} };

/** Logs where --verbose, --log-file or NEMO_RECIPE_LOG=debug ask for them; else nowhere, and pino is never loaded. */
export async function openLog(io: Io, flags: Flags, secrets: Secrets): Promise<Log> {
  const wanted =
    flags.verbose === true || flags.logFile !== undefined || io.env["NEMO_RECIPE_LOG"] === "debug";
  if (!wanted) return silentLog;
  const { pino } = await import("pino");
  const file =
    flags.logFile === undefined
      ? undefined
      : pino.destination({ dest: resolve(io.cwd, flags.logFile), append: true, mkdir: true, sync: true });
  const write = (line: string): void => void (file ?? io.stderr).write(secrets.redact(line));
  const logger = pino({ level: "debug", base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write });
  return {
    isOpen: true,
    debug: (facts, message) => logger.debug(facts, message),
    close: async () => file?.end(),
  };
}
