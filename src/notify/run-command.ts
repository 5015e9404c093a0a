import { spawn, type ChildProcess } from "node:child_process";
import { cleanLine } from "../base/clean-text.ts";
import type { Clock } from "../base/clock.ts";
import type { Notice } from "../report/notice.ts";

export interface CommandOrder {
  readonly command: readonly [string, ...string[]];
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

const longestRunMs = 20_000;
const untilKilledMs = 1_000;
const untilWordsMs = 500;
const keptText = 2_000;
/** Whose values a command of the user's has no use for. */
const ours = new Set(["NEMO_TOKEN", "NEMO_CLIENT_ID"]);

/**
 * Starts the command once, without a shell, with the notice as JSON on its standard input. Undefined when it ended with
 * exit code 0, else why not. Whatever it does, it is over in bounded time.
 */
export async function runCommand(notice: Notice, order: CommandOrder): Promise<string | undefined> {
  const { command, cwd, signal, clock } = order;
  const [program, ...args] = command;
  if (signal.aborted) return "there was no time left";
  // A group of its own: Ctrl-C on the terminal is meant for the run, and what hangs is ended with its children.
  const isGroup = process.platform !== "win32";
  const child = start(() =>
    spawn(program, args, {
      cwd,
      env: environment(notice, order.env),
      stdio: ["pipe", "ignore", "pipe"],
      detached: isGroup,
      windowsHide: true,
    }),
  );
  if (typeof child === "string") return child;
  const said = lastWords(child, clock);
  const over = new AbortController();
  const lapse = limit(clock, AbortSignal.any([over.signal, signal]), signal);
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(`${JSON.stringify(notice)}\n`);
  const ended = endOf(child);
  try {
    const first = await Promise.race([ended, lapse]);
    if (first.kind === "exit" && first.code === 0) return undefined;
    if (first.kind !== "late") return wordsFor(first, await said());
    await stop(child, { isGroup, ended, clock });
    return first.why;
  } finally {
    over.abort();
    child.stderr?.destroy();
    if (child.pid !== undefined) child.unref();
  }
}

type End =
  | { readonly kind: "exit"; readonly code: number | null; readonly by: string | null }
  | { readonly kind: "error"; readonly why: string }
  | { readonly kind: "late"; readonly why: string };

/** Some runtimes throw at once what others tell later. */
function start(spawned: () => ChildProcess): ChildProcess | string {
  try {
    return spawned();
  } catch (error) {
    return notStarted(error);
  }
}

function notStarted(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  if (code === "ENOENT") return "there is no such program (or its folder is gone)";
  if (code === "EACCES") return "it may not be started (is it executable?)";
  return `it could not be started (${code})`;
}

function wordsFor(end: End, said: string): string {
  if (end.kind !== "exit") return end.why;
  const how = end.by === null ? `exit code ${end.code}` : end.by;
  return `it ended with ${how}${said === "" ? "" : `: ${said}`}`;
}

/** By `exit` and not by `close`: children of its own may hold its streams open. */
function endOf(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ kind: "error", why: notStarted(error) }));
    child.once("exit", (code, by) => resolve({ kind: "exit", code, by }));
  });
}

async function limit(clock: Clock, both: AbortSignal, stopped: AbortSignal): Promise<End> {
  const late = { kind: "late", why: `it did not end within ${longestRunMs / 1000} s` } as const;
  return clock.sleep(longestRunMs, both).then(
    () => late,
    () => (stopped.aborted ? { kind: "late", why: "there was no time left" } : late),
  );
}

async function stop(
  child: ChildProcess,
  {
    isGroup,
    ended,
    clock,
  }: { readonly isGroup: boolean; readonly ended: Promise<End>; readonly clock: Clock },
): Promise<void> {
  const send = (signal: "SIGTERM" | "SIGKILL"): void => {
    try {
      if (isGroup && child.pid !== undefined) process.kill(-child.pid, signal);
      else child.kill(signal);
    } catch {
      // It has ended meanwhile.
    }
  };
  send("SIGTERM");
  const over = new AbortController();
  await Promise.race([ended, clock.sleep(untilKilledMs, over.signal).catch(() => undefined)]);
  over.abort();
  send("SIGKILL");
}

/** The last line of what it wrote on standard error, which may come a moment after its end. */
function lastWords({ stderr }: ChildProcess, clock: Clock): () => Promise<string> {
  let text = "";
  stderr?.setEncoding("utf8").on("data", (more: string) => (text = (text + more).slice(-keptText)));
  stderr?.on("error", () => undefined);
  const whole = new Promise<void>((resolve) => stderr?.once("close", resolve));
  return async () => {
    const over = new AbortController();
    await Promise.race([whole, clock.sleep(untilWordsMs, over.signal).catch(() => undefined)]);
    over.abort();
    return cleanLine(text.trimEnd().split("\n").at(-1) ?? "", 200);
  };
}

function environment({ title, on, run }: Notice, env: CommandOrder["env"]): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !ours.has(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    NEMO_NOTICE_TITLE: title,
    NEMO_NOTICE_ON: on.join(","),
    NEMO_NOTICE_RUN: run ?? "",
  };
}
