// cli/: argv → command. The only place with `process`, colours, exit codes, and wiring.
import { exitCodes } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { parseArguments } from "./parse-arguments.ts";
import { Secrets } from "./redact.ts";
import { reportError } from "./report-error.ts";
import { screenFor } from "./screen.ts";

/** Runs one command line and says its exit code. Never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const secrets = new Secrets();
  secrets.add(io.env["NEMO_TOKEN"], io.env["NEMO_CLIENT_ID"]);
  let screen = screenFor(io, {}, secrets.redact);
  let command = "";
  let verbose = false;
  try {
    const asked = parseArguments(argv, io.version);
    if (asked.kind === "text") {
      io.stdout.write(asked.text);
      return exitCodes.done;
    }
    const { spec, args, flags } = asked;
    screen = screenFor(io, flags, secrets.redact);
    command = spec.name;
    verbose = flags.verbose === true;
    const run = await spec.load();
    return await run({ args, flags, io, screen, secrets });
  } catch (error) {
    return reportError(error, { screen, verbose, command });
  }
}
