// cli/: argv → command. The only place with `process`, colours, exit codes, and wiring.
import type { Call } from "./call.ts";
import type { CommandSpec } from "./command-line/command-spec.ts";
import { exitCodes } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { openLog } from "./log.ts";
import { runtimeName } from "./runtime-name.ts";
import { parseArguments } from "./command-line/parse-arguments.ts";
import { Secrets } from "./redact.ts";
import { reportError } from "./report-error.ts";
import { screenFor } from "./screen.ts";

/** Runs one command line and says its exit code. Never throws: `onError` is told what the user was told. */
export async function main(
  argv: readonly string[],
  io: Io,
  onError: (error: unknown) => void = () => {},
): Promise<number> {
  const secrets = new Secrets();
  secrets.add(io.env["NEMO_TOKEN"], io.env["NEMO_CLIENT_ID"]);
  const plain = screenFor(io, {}, secrets.redact);
  try {
    const asked = parseArguments(argv, io.version);
    if (asked.kind === "text") {
      io.stdout.write(asked.text);
      return exitCodes.done;
    }
    const { spec, args, flags } = asked;
    const screen = screenFor(io, flags, secrets.redact);
    const log = await openLog({ io, flags, secrets, screen });
    return await runLogged(spec, { args, flags, io, log, secrets, screen }, onError);
  } catch (error) {
    onError(error);
    return reportError(error, { screen: plain, flags: {}, command: "" });
  }
}

async function runLogged(spec: CommandSpec, call: Call, onError: (error: unknown) => void): Promise<number> {
  const { args, log, screen, flags, io } = call;
  log.debug(
    { command: spec.name, args, flags, version: io.version, runtime: runtimeName(process.versions) },
    "started",
  );
  let exitCode: number = exitCodes.bug;
  try {
    const run = await spec.load();
    exitCode = await run(call);
  } catch (error) {
    onError(error);
    exitCode = await reportError(error, { screen, flags, command: spec.name });
    log.debug({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, "refused");
  }
  log.debug({ exitCode }, "ended");
  await log.close();
  return exitCode;
}
