import { fileURLToPath } from "node:url";
import { processIo, type OutStream } from "./io.ts";
import { main } from "./main.ts";

/** Runs the command line in this process and ends it. `root` is the package's own folder. */
export async function start(root: URL, version: string): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  const code = await main(process.argv.slice(2), processIo(fileURLToPath(root), version));
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  // Kept connections of the transport would hold the process for seconds.
  process.exit(code);
}

/** `| head -1` closes the pipe while a video is being made: the video is made all the same. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") throw error;
}

function flushed(stream: OutStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write("", () => resolve());
  });
}
