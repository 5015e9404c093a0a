// The system calls of one run, by strace: what the kernel was really asked, and in which order.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Trial } from "./killed-run.ts";

const bin = fileURLToPath(new URL("../../bin/nemo-recipe.js", import.meta.url));

/** Why system calls cannot be watched here; undefined where they can. */
export function straceMissing(): string | undefined {
  if (process.platform !== "linux") return "system calls are watched on Linux only";
  if ("Bun" in globalThis || "Deno" in globalThis) return "system calls are watched on Node only";
  const { status, error } = spawnSync("strace", ["-f", "-qq", "-o", "/dev/null", "true"]);
  if (error !== undefined) return "strace is not installed";
  return status === 0 ? undefined : "strace may not attach to processes here";
}

export interface TracedRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly calls: readonly SystemCall[];
}

export interface SystemCall {
  readonly name: string;
  /** All of it as strace wrote it, without the process id. */
  readonly text: string;
  /** Place in the order in which calls began, and in which they ended. */
  readonly began: number;
  readonly ended: number;
}

/** Runs the program under strace. `options` come before the program: which calls to watch, or to kill at. */
export function trace(trial: Trial, args: readonly string[], options: readonly string[]): Promise<TracedRun> {
  const log = join(trial.folder, "strace");
  const strace = ["-f", "-qq", "--seccomp-bpf", "-y", "-s", "8192", "-o", log, ...options];
  const child = spawn("strace", [...strace, process.execPath, bin, ...args], {
    cwd: trial.folder,
    env: { PATH: process.env["PATH"], HOME: trial.folder, LC_ALL: "C.UTF-8", ...trial.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => {
      const calls = existsSync(log) ? readCalls(readFileSync(log, "latin1")) : [];
      resolve({ exitCode, stdout, stderr, calls });
    });
  });
}

const line = /^(\d+) +(?:(\w+)\(|<\.\.\. (\w+) resumed>)/;

/** Puts the two halves of calls together that another thread came between. */
function readCalls(log: string): SystemCall[] {
  const calls: SystemCall[] = [];
  const open = new Map<string, { text: string; began: number }>();
  for (const [at, text] of log.split("\n").entries()) {
    const [, thread = "", begun, resumed] = line.exec(text) ?? [];
    const rest = text.replace(/^\d+ +/, "");
    if (begun !== undefined && rest.endsWith("<unfinished ...>")) open.set(thread, { text: rest, began: at });
    else if (begun !== undefined) calls.push({ name: begun, text: rest, began: at, ended: at });
    else if (resumed !== undefined) {
      const first = open.get(thread);
      open.delete(thread);
      if (first !== undefined)
        calls.push({ name: resumed, text: first.text + rest, began: first.began, ended: at });
    }
  }
  return calls;
}
