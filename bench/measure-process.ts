import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Readable } from "node:stream";
import type { Sample } from "./row.ts";

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs it so often and divides: the shell's clock counts milliseconds. Memory is then not looked at. */
  readonly times?: number;
  /** Exit codes that are no mistake; default 0. */
  readonly exitCodes?: readonly number[];
  /** Told the process id of the program, as soon as it runs. */
  readonly onStart?: (pid: number) => void;
}

const once = `time { "$@" & echo $! >&3; wait $!; }`;
const often = `status=0; time for ((i = 0; i < $BENCH_TIMES; i++)); do "$@" || status=$?; done; (exit $status)`;
const lookEveryMs = 4;
const longestMs = 600_000;

/** Runs a program under bash's own accounting. Rejects where it ends with another code than it should. */
export async function measureProcess(program: Program): Promise<Sample> {
  const times = program.times ?? 1;
  const script = `TIMEFORMAT='bench-times %U %S %R'; ${times === 1 ? once : often}`;
  const child = spawn("bash", ["-c", script, "bench", program.command, ...program.args], {
    cwd: program.cwd,
    env: { ...process.env, ...program.env, BENCH_TIMES: String(times) },
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    timeout: longestMs,
  });
  let peakBytes: number | undefined;
  let looking: NodeJS.Timeout | undefined;
  (child.stdio[3] as Readable).once("data", (line: Buffer) => {
    const pid = Number(line.toString());
    program.onStart?.(pid);
    looking = setInterval(() => (peakBytes = peakOf(pid) ?? peakBytes), lookEveryMs);
  });
  const said = await textOf(child.stderr as Readable);
  const code = await ended(child);
  clearInterval(looking);
  const took = /bench-times (\S+) (\S+) (\S+)/.exec(said);
  if (took === null || !(program.exitCodes ?? [0]).includes(code))
    throw new Error(`${program.command} ended with ${code}: ${said.slice(-2000)}`);
  const [user = 0, system = 0, real = 0] = took.slice(1).map((seconds) => (Number(seconds) * 1000) / times);
  return { cpuMs: user + system, wallMs: real, ...(peakBytes !== undefined && { peakBytes }) };
}

function ended(child: ReturnType<typeof spawn>): Promise<number> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? -1));
  });
}

async function textOf(stream: Readable): Promise<string> {
  let text = "";
  for await (const chunk of stream.setEncoding("utf8")) text += String(chunk);
  return text;
}

/** The high-water mark that Linux keeps of each process; undefined elsewhere. */
function peakOf(pid: number): number | undefined {
  try {
    const mark = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return mark === undefined ? undefined : Number(mark) * 1024;
  } catch {
    return undefined;
  }
}
