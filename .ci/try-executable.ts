import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import info from "../package.json" with { type: "json" };
import { must, mustBeVideo, type EmptyFolder } from "./empty-folder.ts";

/** The single-file executable, without any runtime on PATH: it has the program, the emulator and the recipes inside. */
export async function tryExecutable(folder: EmptyFolder): Promise<void> {
  const file = join(folder.path, "nemo-recipe");
  execFileSync(process.execPath, [join(import.meta.dirname, "build-executable.ts"), file], { stdio: "pipe" });
  must((await folder.run([file, "--version"])) === info.version, "the executable's version");
  must((await folder.run([file, "recipes"])).includes("before-after"), "the executable's recipes");
  const made = await folder.run([file, "run", "reel", "photo.heic", "-p", "seconds=3", "--local"]);
  mustBeVideo(folder, made, `executable, ${Math.round(statSync(file).size / 1_000_000)} MB`);
}
