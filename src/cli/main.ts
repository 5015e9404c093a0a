// cli/: argv → command. The only place with `process`, colours, exit codes, and wiring.
import { parseArguments, type Asked } from "./build-program.ts";
import type { Io } from "./io.ts";
import { Secrets } from "./redact.ts";
import { reportError } from "./report-error.ts";
import { screenFor } from "./screen.ts";

/** Runs one command line and says its exit code. Never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const asked = parseArguments(argv, {
    out: (text) => void io.stdout.write(text),
    err: (text) => void io.stderr.write(text),
    version: io.version,
  });
  return typeof asked === "number" ? asked : runCommand(asked, io);
}

async function runCommand({ spec, args, flags }: Asked, io: Io): Promise<number> {
  const secrets = new Secrets();
  secrets.add(io.env["NEMO_TOKEN"], io.env["NEMO_CLIENT_ID"]);
  const screen = screenFor(io, flags, secrets.redact);
  try {
    const command = await spec.load();
    return await command({ args, flags, io, screen, secrets });
  } catch (error) {
    return await reportError(error, { screen, verbose: flags.verbose === true, command: spec.name });
  }
}
