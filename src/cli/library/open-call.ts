import { dirname } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { isAnyThere } from "../../files/is-any-there.ts";
import { readText } from "../../files/read-text.ts";
import { processIo, type Io, type StopSignal } from "../io.ts";
import { argumentsOf, type RecipeRequest } from "./recipe-request.ts";
import { RunRefused } from "./refused.ts";

/** A command that runs inside somebody else's program: none of the process's own streams or signals are touched. */
export interface OpenCall {
  readonly stdout: PassThrough;
  /** The exit code, when the command has ended. */
  readonly ended: Promise<number>;
  /** What was told to people. */
  readonly told: () => string;
  /** The error with which a command ended that began nothing. */
  readonly refused: (exitCode: number) => RunRefused;
}

/** Starts a command; `signal` is its Ctrl-C. */
export async function openCall(
  command: "run" | "plan",
  request: RecipeRequest,
  signal: AbortSignal,
): Promise<OpenCall> {
  const stdout = new PassThrough();
  const stderr = textOf(new PassThrough());
  const io = await ioFor(request, { stdout, stderr: stderr.stream, signal });
  const { main } = await import("../main.ts");
  let cause: unknown;
  const ended = main(argumentsOf(command, request), io, (error) => (cause = error)).finally(() =>
    stdout.end(),
  );
  const told = (): string => stderr.text().trim();
  return { stdout, ended, told, refused: (exitCode) => new RunRefused(exitCode, told(), cause) };
}

type Ends = Pick<Io, "stdout" | "stderr"> & { readonly signal: AbortSignal };

async function ioFor({ cwd, env, text }: RecipeRequest, { signal, ...streams }: Ends): Promise<Io> {
  const root = packageFolder();
  const { version } = JSON.parse(await readText(`${root}/package.json`)) as { readonly version: string };
  const { env: ofProcess, cwd: here, home, platform, program } = processIo(root, version);
  return {
    root,
    version,
    home,
    platform,
    program,
    ...streams,
    stdin: Readable.from(text === undefined ? [] : [text]),
    cwd: cwd ?? here,
    env: env ?? ofProcess,
    onSignal: (listener: (name: StopSignal) => void) => {
      const stopped = (): void => listener("SIGINT");
      signal.addEventListener("abort", stopped);
      if (signal.aborted) stopped();
      return () => signal.removeEventListener("abort", stopped);
    },
    onHangup: () => () => {},
    exitNow: () => {},
  };
}

/** The nearest folder above with a package.json: this file is in src/, or in a chunk of dist/. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isAnyThere(folder, ["package.json"]) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

function textOf(stream: PassThrough): { stream: PassThrough; text: () => string } {
  let all = "";
  stream.setEncoding("utf8").on("data", (text: string) => (all += text));
  return { stream, text: () => all };
}
