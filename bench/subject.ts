import { symlinkSync, existsSync } from "node:fs";
import { spawn } from "node:child_process";
import { basename, join } from "node:path";
import { rolldown } from "rolldown";
import { root } from "./root.ts";
import type { Sample } from "./row.ts";

/** Called with the arguments of one run; each run is a process of its own. */
export type Subject = (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Sample>;

const longestMs = 300_000;

/**
 * Bundles a script of `bench/subjects/` as the package is bundled, so that types are not stripped while it is
 * measured, and returns its path.
 */
export async function bundleScript(name: string, folder: string): Promise<string> {
  const build = await rolldown({
    cwd: root,
    input: join(root, "bench/subjects", name),
    platform: "node",
    external: [
      /^node:/,
      "undici",
      "heic-convert",
      "mediabunny",
      "pino",
      "chokidar",
      "@ffmpeg-installer/ffmpeg",
    ],
    logLevel: "silent",
  });
  const file = join(folder, basename(name).replace(/\.ts$/, ".mjs"));
  await build.write({ file, format: "esm", codeSplitting: false });
  await build.close();
  const modules = join(folder, "node_modules");
  if (!existsSync(modules)) symlinkSync(join(root, "node_modules"), modules);
  return file;
}

/** A script that says on its last line, by `measureHere`, what its work took: its start is the matter of P1 to P3. */
export async function bundleSubject(name: string, folder: string): Promise<Subject> {
  const file = await bundleScript(name, folder);
  return (args, env) => runSubject([file, ...args], { ...process.env, ...env });
}

/** Runs a script that ends with the line of `measureHere`. */
export function runSubject(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Sample> {
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"], timeout: longestMs });
  let [said, complaint] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      const line = said.trimEnd().split("\n").at(-1) ?? "";
      if (code === 0 && line.startsWith("{")) resolve(JSON.parse(line) as Sample);
      else reject(new Error(`${args.join(" ")} ended with ${code}: ${complaint.slice(-2000)}`));
    });
  });
}
