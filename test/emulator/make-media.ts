import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findFfmpeg } from "../../src/emulator/find-ffmpeg.ts";

const run = promisify(execFile);

/** A small real file, drawn by ffmpeg from a source filter. */
export async function makeMedia(source: string, extension: string, args: readonly string[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "emulator-media-"));
  try {
    const path = join(folder, `file.${extension}`);
    const ffmpeg = (await findFfmpeg())?.path ?? "ffmpeg";
    await run(ffmpeg, ["-y", "-loglevel", "error", "-f", "lavfi", "-i", source, ...args, path]);
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}
