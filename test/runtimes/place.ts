import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Runtime } from "../support/runtimes.ts";
import { sendSignal } from "../support/send-signal.ts";

export const root: string = fileURLToPath(new URL("../..", import.meta.url));
const bin = join(root, "bin", "nemo-recipe.js");

/** A runtime, and a folder that is also its user's home. */
export interface Place {
  readonly runtime: Runtime;
  readonly cwd: string;
}

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** Null where a signal ended it. */
  readonly code: number | null;
}

export interface Act {
  readonly env?: Readonly<Record<string, string>>;
  /** Runs this script in place of the command line. */
  readonly script?: string;
  /** Told all that was printed so far, as often as more comes. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the command line from its source. */
export function cli({ runtime, cwd }: Place, args: readonly string[], act: Act = {}): Promise<Ended> {
  // Deno looks for a newer Deno now and then, by itself.
  const own = { PATH: process.env["PATH"], HOME: cwd, LC_ALL: "C.UTF-8", DENO_NO_UPDATE_CHECK: "1" };
  const env = { ...own, ...act.env };
  const all = [...runtime.args, act.script ?? bin, ...args];
  const child = spawn(runtime.path, all, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: 250_000 });
  const told = { stdout: "", stderr: "" };
  // Deno's own `kill` of a child tells the signal in place of the exit code.
  const kill = (signal: NodeJS.Signals): void =>
    void (child.pid !== undefined && sendSignal(child.pid, signal));
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      told[name] += text;
      act.onOutput?.(told.stdout + told.stderr, kill);
    });
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (code) => resolve({ ...told, code }));
  });
}

/** A recipe whose polls are quick, and a place for the credentials. */
export function writeRecipe({ cwd }: Place, name: string, more = ""): void {
  const quick = "poll: { state: 100ms, render: 1500ms }\n";
  mkdirSync(join(cwd, ".config/nemovideo"), { recursive: true });
  writeFileSync(join(cwd, name), `prompts: a 1-second video\nexport: { quality: low }\n${quick}${more}`);
}
