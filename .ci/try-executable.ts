import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import info from "../package.json" with { type: "json" };
import { must, mustBeVideo, type EmptyFolder } from "./empty-folder.ts";

/** A single-file executable, without any runtime on PATH: it has the program, the emulator and the recipes inside. */
export async function tryExecutable(folder: EmptyFolder, runtime: "bun" | "node"): Promise<void> {
  const file = join(folder.path, "nemo-recipe");
  const builder = join(import.meta.dirname, "build-executable.ts");
  await promisify(execFile)(process.execPath, [builder, "--with", runtime, file]);
  const bare = { PATH: "" };
  must((await folder.run([file, "--version"], bare)) === info.version, "the executable's version");
  must((await folder.run([file, "recipes"], bare)).includes("before-after"), "the executable's recipes");
  await folder.run([file, "init", "reel", "mine.yaml"], bare);
  await folder.run([file, "validate", "mine.yaml"], bare);
  const made = await folder.run([file, "run", "reel", "photo.heic", "-p", "seconds=3", "--local"]);
  mustBeVideo(folder, made, `executable with ${runtime}, ${Math.round(statSync(file).size / 1_000_000)} MB`);
}
