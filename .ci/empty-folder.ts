import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "..");

/** A folder with a photo and a home of its own: nothing of this repository or of its user is found from there. */
export interface EmptyFolder {
  readonly path: string;
  /** Runs a program there and returns what it printed; a failure says what it told people. */
  run(command: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
}

/** Opens one below `base`. `path` is the PATH of what runs there. */
export function emptyFolder(base: string, name: string, path: string): EmptyFolder {
  const folder = mkdtempSync(join(base, `${name}-`));
  mkdirSync(join(folder, "home"));
  cpSync(join(root, "test/fixtures/media/photo.heic"), join(folder, "photo.heic"));
  writeFileSync(join(folder, "holiday.yaml"), "prompts: a 1-second video\n");
  writeFileSync(join(folder, "nemo-recipe.config.yaml"), "poll: { state: 200ms, render: 2s }\n");
  const own = {
    PATH: path,
    HOME: join(folder, "home"),
    LC_ALL: "C.UTF-8",
    CI: "1",
    npm_config_loglevel: "error",
  };
  return {
    path: folder,
    run: async ([program = "", ...args], env = {}) => {
      const options = { cwd: folder, env: { ...own, ...env }, timeout: 240_000, maxBuffer: 64 * 1024 * 1024 };
      const { stdout } = await promisify(execFile)(program, args, options);
      return stdout.trim();
    },
  };
}

/** The arguments with which each way to start the program makes a video. */
export const makesVideo = ["run", "photo.heic", "--prompt", "a 1-second video", "--local"] as const;

/** What such a run printed is the path of a whole MP4, or the whole fails. */
export function mustBeVideo({ path }: EmptyFolder, printed: string, what: string): void {
  const bytes = readFileSync(join(path, printed));
  must(
    bytes.subarray(4, 8).toString() === "ftyp" && statSync(join(path, printed)).size > 10_000,
    `${what}: ${printed}`,
  );
  console.log(`${what}: ${printed}, ${Math.round(bytes.length / 1000)} kB`);
}

/** What must hold, or the whole fails with `what`. */
export function must(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(what);
}
