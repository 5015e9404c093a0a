import { fileURLToPath } from "node:url";
import { diskReason } from "../files/disk-failure.ts";
import { exitCodes } from "./exit-code.ts";
import { processIo } from "./io.ts";
import { main } from "./main.ts";

/** Runs the command line in this process and ends it. `root` is the package's own folder. */
export async function start(root: URL, version: string): Promise<void> {
  const io = processIo(fileURLToPath(root), version);
  const code = await main(process.argv.slice(2), io);
  const refused = await io.flushed();
  if (refused !== undefined) io.stderr.write(`error: not all could be printed: ${diskReason(refused)}\n`);
  // Kept connections of the transport would hold the process for seconds.
  process.exit(code === exitCodes.done && refused !== undefined ? exitCodes.failed : code);
}
