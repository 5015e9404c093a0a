import { dirname } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Scalar } from "../base/json.ts";
import type { RunCounts } from "../executor/ports.ts";
import { isAnyThere } from "../files/is-any-there.ts";
import { readText } from "../files/read-text.ts";
import type { JobEvent, Signal } from "../job/event.ts";
import { processIo, type Io, type StopSignal } from "./io.ts";

/** What `nemo-recipe run` takes, with the same rules: budgets, consent, limits, exit codes. */
export interface RunRecipe {
  /** A file or the name of a bundled recipe; default `recipe.yaml` in `cwd`, or none where there are `prompts`. */
  readonly recipe?: string;
  /** Paths, folders, globs and URLs in place of the recipe's inputs. */
  readonly inputs?: readonly string[];
  readonly prompts?: readonly string[];
  readonly params?: Readonly<Record<string, Scalar>>;
  /** Absolute; default the process's. */
  readonly cwd?: string;
  /** `cloud`, `local` or the address of a service. */
  readonly backend?: string;
  readonly outDir?: string;
  /** Where the journal is. */
  readonly stateDir?: string;
  readonly concurrency?: number;
  /** The most that the run may cost. */
  readonly maxCredits?: number;
  /** Spends on several jobs without a budget. */
  readonly yes?: boolean;
  readonly again?: boolean;
  readonly overwrite?: boolean;
  /** Default the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Stops as Ctrl-C does: nothing new is sent, and what is paid is on record. */
  readonly signal?: AbortSignal;
}

/** What happened, as `--json` prints it and `schemas/event.schema.json` describes it. */
export interface RunStep {
  readonly type: JobEvent["type"] | Signal["type"] | "run-started" | "job-started" | "job-skipped";
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly job?: { readonly id: string; readonly name: string; readonly recipe: string };
  readonly [field: string]: unknown;
}

/** The last event of a run. */
export interface RunFinished {
  readonly type: "run-finished";
  readonly at: string;
  readonly run: string;
  readonly elapsedMs: number;
  /** As of the command line: 0, 1, 3, 75 or 130. */
  readonly exitCode: number;
  readonly counts: RunCounts;
  readonly credits: number;
  readonly costUnknown: boolean;
  /** Absolute paths of the delivered files. */
  readonly files: readonly string[];
}

/** The run did not begin: the recipe or the config is wrong (2), spending is refused (3), or a port failed (1). */
export class RunRefused extends Error {
  override readonly name = "RunRefused";
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Makes the videos of a recipe and tells what happens, as it happens. Throws RunRefused where nothing was begun; how
 * begun jobs ended is in the last event. Who stops listening stops the run, as Ctrl-C does.
 */
export async function* runRecipe(request: RunRecipe): AsyncGenerator<RunStep | RunFinished, void, undefined> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(request.signal === undefined ? [] : [request.signal])]);
  const stdout = new PassThrough();
  const stderr = textOf(new PassThrough());
  const io = await ioFor(request, { stdout, stderr: stderr.stream, signal });
  const { main } = await import("./main.ts");
  const ended = main(argumentsOf(request), io).finally(() => stdout.end());
  let finished = false;
  try {
    for await (const line of linesOf(stdout)) {
      const event = JSON.parse(line) as RunStep | RunFinished;
      finished ||= event.type === "run-finished";
      yield event;
    }
    const exitCode = await ended;
    if (!finished && exitCode !== 0) throw new RunRefused(exitCode, stderr.text().trim());
  } finally {
    stop.abort();
    stdout.resume();
    await ended;
  }
}

function argumentsOf(request: RunRecipe): string[] {
  const { recipe, inputs = [], prompts = [], params = {}, concurrency, maxCredits } = request;
  const values = {
    "--backend": request.backend,
    "--out": request.outDir,
    "--state-dir": request.stateDir,
    "--concurrency": concurrency,
    "--max-credits": maxCredits,
  };
  const switches = { "--yes": request.yes, "--again": request.again, "--overwrite": request.overwrite };
  return [
    "run",
    "--json",
    ...Object.entries(values).flatMap(([flag, value]) => (value === undefined ? [] : [`${flag}=${value}`])),
    ...Object.entries(switches).flatMap(([flag, isOn]) => (isOn === true ? [flag] : [])),
    ...prompts.map((prompt) => `--prompt=${prompt}`),
    ...inputs.map((input) => `--input=${input}`),
    ...Object.entries(params).map(([name, value]) => `--param=${name}=${String(value)}`),
    ...(recipe === undefined ? [] : ["--", recipe]),
  ];
}

type Ends = Pick<Io, "stdout" | "stderr"> & { readonly signal: AbortSignal };

async function ioFor({ cwd, env }: RunRecipe, { signal, ...streams }: Ends): Promise<Io> {
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
    stdin: Readable.from([]),
    cwd: cwd ?? here,
    env: env ?? ofProcess,
    onSignal: (listener: (name: StopSignal) => void) => {
      const stopped = (): void => listener("SIGINT");
      signal.addEventListener("abort", stopped);
      if (signal.aborted) stopped();
      return () => signal.removeEventListener("abort", stopped);
    },
    exitNow: () => {},
  };
}

/** The nearest folder above with a package.json: this file is in src/cli/, or in a chunk of dist/. */
function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isAnyThere(folder, ["package.json"]) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

async function* linesOf(stream: PassThrough): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream.setEncoding("utf8")) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

function textOf(stream: PassThrough): { stream: PassThrough; text: () => string } {
  let all = "";
  stream.setEncoding("utf8").on("data", (text: string) => (all += text));
  return { stream, text: () => all };
}
