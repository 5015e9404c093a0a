import { PassThrough, Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Io, OutStream, StopSignal } from "../../src/cli/io.ts";
import { main } from "../../src/cli/main.ts";

export interface CalledCli {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** Set where the command ended the process at once. */
  readonly exitedNow?: number;
}

export interface CallOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Both ends look like a terminal of this many columns. */
  readonly terminal?: { readonly columns: number };
  /** Ctrl-C this long after the start, and again as often, for commands that go on until then. */
  readonly stopEveryMs?: number;
  /** Told each chunk of stderr and stdout; `signal` is Ctrl-C, `hangUp` a SIGHUP, `type` is the keyboard. */
  readonly onOutput?: (
    text: string,
    act: { signal: (name?: StopSignal) => void; hangUp: () => void; type: (text: string) => void },
  ) => void;
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs one command line inside the test's own process: quick, and the whole way but for the process itself. */
export async function callCli(argv: readonly string[], options: CallOptions): Promise<CalledCli> {
  const listeners = new Set<(name: StopSignal) => void>();
  const hangups = new Set<() => void>();
  const stdin = options.terminal === undefined ? Readable.from([options.stdin ?? ""]) : new PassThrough();
  const act = {
    signal: (name: StopSignal = "SIGINT"): void => [...listeners].forEach((listener) => listener(name)),
    hangUp: (): void => [...hangups].forEach((listener) => listener()),
    type: (text: string): void => void (stdin instanceof PassThrough && stdin.write(text)),
  };
  const stdout = collector(options, (text) => options.onOutput?.(text, act));
  const stderr = collector(options, (text) => options.onOutput?.(text, act));
  let exitedNow: number | undefined;
  const io: Io = {
    stdin: Object.assign(stdin, { isTTY: options.terminal !== undefined }),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { LC_ALL: "C.UTF-8", ...options.env },
    cwd: options.cwd,
    home: options.cwd,
    platform: process.platform,
    root,
    version: "0.0.0-test",
    program: "nemo-recipe",
    onSignal: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onHangup: (listener) => {
      hangups.add(listener);
      return () => void hangups.delete(listener);
    },
    exitNow: (code) => void (exitedNow = code),
  };
  const stopping = options.stopEveryMs && setInterval(() => act.signal(), options.stopEveryMs);
  const exitCode = await main(argv, io).finally(() => clearInterval(stopping));
  return {
    stdout: stdout.text(),
    stderr: stderr.text(),
    exitCode,
    ...(exitedNow !== undefined && { exitedNow }),
  };
}

function collector(
  { terminal }: CallOptions,
  onText: (text: string) => void,
): { stream: OutStream; text: () => string } {
  const stream = new PassThrough();
  let all = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    all += text;
    onText(text);
  });
  const size =
    terminal === undefined ? { isTTY: false } : { isTTY: true, columns: terminal.columns, rows: 40 };
  return { stream: Object.assign(stream, size), text: () => all };
}
