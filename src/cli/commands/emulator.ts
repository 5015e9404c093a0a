import { resolve } from "node:path";
import type { Command } from "../call.ts";
import { untilStopped } from "../until-stopped.ts";

/** Serves the local backend until Ctrl-C. */
export const emulator: Command = async ({ flags, io, screen }) => {
  const { faultGrammar, listFaults } = await import("../../emulator/faults/list-faults.ts");
  if (flags.listFaults === true) {
    const faults = listFaults();
    if (flags.json === true) screen.out(JSON.stringify(faults));
    else for (const line of [faultGrammar, "", ...table(faults)]) screen.out(line);
    return 0;
  }
  const faults = flags.fault?.join(",");
  const { startBackend } = await import("../start-backend.ts");
  const server = await startBackend({
    ...(faults !== undefined && { faults }),
    ...(flags.port !== undefined && { port: flags.port }),
    ...(flags.stateDir !== undefined && { stateDir: resolve(io.cwd, flags.stateDir) }),
  });
  screen.out(flags.json === true ? JSON.stringify({ url: server.url, port: server.port }) : server.url);
  screen.note(`Use it from another terminal: nemo-recipe run promo.yaml --backend ${server.url}`);
  screen.note(
    flags.stateDir === undefined
      ? "Ctrl-C ends it, and with it all accounts, sessions and videos; --state-dir <folder> keeps them."
      : `Ctrl-C ends it; its accounts, sessions and videos stay in ${flags.stateDir}.`,
  );
  await untilStopped(io);
  await server.close();
  return 0;
};

function table(rows: readonly { name: string; description: string }[]): string[] {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`);
}
