import { homedir } from "node:os";
import { onceEach } from "./once-each.ts";

export interface OutStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

export interface InStream extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  /** On a terminal: every key comes as it is pressed, and the terminal obeys none. */
  setRawMode?(isRaw: boolean): unknown;
}

export type StopSignal = "SIGINT" | "SIGTERM";

/** All that the command line knows of the process it runs in, so that a test can be one. */
export interface Io {
  readonly stdin: InStream;
  readonly stdout: OutStream;
  readonly stderr: OutStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  readonly home: string;
  readonly platform: string;
  /** The package's own folder: recipes, schemas and package.json are there. */
  readonly root: string;
  /** The package's version. */
  readonly version: string;
  /** The program's path as it was started: some installers are known by it. */
  readonly program: string;
  /** Calls the listener at each signal until the returned function is called. */
  onSignal(listener: (signal: StopSignal) => void): () => void;
  /** Calls the listener at each SIGHUP until the returned function is called. */
  onHangup(listener: () => void): () => void;
  /** Ends the process at once. */
  exitNow(code: number): void;
}

export interface ProcessIo extends Io {
  /** Resolves when all that was written has left the process: to what kept a part of it back, a full disk say. */
  flushed(): Promise<Error | undefined>;
}

/** The real process. A stream costs milliseconds to set up: one that nobody uses is never touched. */
export function processIo(root: string, version: string): ProcessIo {
  const used = new Set<OutStream>();
  const stoppers = new Set<(signal: StopSignal) => void>();
  let refused: Error | undefined;
  let isGone = false;
  const onError = (error: NodeJS.ErrnoException): void => {
    if (isClosedPipe(error)) return;
    // What cannot be printed ends no work that is paid.
    refused ??= error;
    if (error.code !== "EIO" || isGone) return;
    // The terminal was closed: what goes on without one nobody sees. Whoever can ends in order.
    isGone = true;
    for (const stop of stoppers) stop("SIGTERM");
  };
  const use = (stream: NodeJS.WriteStream): OutStream => {
    if (!used.has(stream)) stream.on("error", onError);
    used.add(stream);
    return stream;
  };
  return {
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return use(process.stdout);
    },
    get stderr() {
      return use(process.stderr);
    },
    flushed: async () => {
      await Promise.all([...used].map(flush));
      return refused;
    },
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    platform: process.platform,
    root,
    version,
    program: process.argv[1] ?? "",
    onSignal: (listener) => {
      const signals: StopSignal[] = ["SIGINT", "SIGTERM"];
      const told = onceEach(listener);
      for (const signal of signals) process.on(signal, told);
      stoppers.add(told);
      return () => {
        stoppers.delete(told);
        for (const signal of signals) process.off(signal, told);
      };
    },
    onHangup: (listener) => {
      // Windows sends it when the console is closed, and ends the process soon after.
      if (process.platform === "win32") return () => {};
      process.on("SIGHUP", listener);
      return () => void process.off("SIGHUP", listener);
    },
    exitNow: (code) => process.exit(code),
  };
}

/** `| head -1` closes the pipe while a video is being made: the video is made all the same. */
const isClosedPipe = ({ code }: NodeJS.ErrnoException): boolean =>
  code === "EPIPE" || code === "ERR_STREAM_DESTROYED";

function flush(stream: OutStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write("", () => resolve());
  });
}
