import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { sendSignal } from "./send-signal.ts";

const bin = fileURLToPath(new URL("../../bin/nemo-recipe.js", import.meta.url));

export interface CliResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
}

export interface CliOptions {
  readonly cwd?: string;
  /** Added to an environment that is empty but for PATH and the like: nothing of this machine's user leaks in. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** When it is aborted, the child is sent `killSignal`; how it ended then is told as ever. */
  readonly signal?: AbortSignal;
  /** Default SIGTERM. */
  readonly killSignal?: NodeJS.Signals;
  /** Told each chunk, so that a test can act in the middle. `kill` sends a signal to the child. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

const kept = ["PATH", "Path", "SystemRoot", "TEMP", "TMP", "TMPDIR", "LANG", "PATHEXT"];

/** Runs the command line as a child of the same runtime. HOME is the working folder unless `env` says otherwise. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const cwd = options.cwd ?? process.cwd();
  const machine = Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
  const home = { HOME: cwd, USERPROFILE: cwd, APPDATA: cwd, LOCALAPPDATA: cwd };
  const child = spawn(process.execPath, [...runtimeArguments(), bin, ...args], {
    cwd,
    env: { ...machine, ...home, LC_ALL: "C.UTF-8", ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => {});
  child.stdin.end(options.stdin ?? "");
  // Not by way of the child's own `kill`: on Deno that tells the signal in place of the exit code.
  const kill = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined && child.exitCode === null) sendSignal(child.pid, signal);
  };
  options.signal?.addEventListener("abort", () => kill(options.killSignal ?? "SIGTERM"), { once: true });
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      options.onOutput?.(text, kill);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      options.onOutput?.(text, kill);
    });
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ stdout, stderr, exitCode }));
  });
}

const runtimeArguments = (): string[] => (process.versions["deno"] === undefined ? [] : ["run", "-A"]);
