import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator, type Emulator } from "../../src/emulator/start-emulator.ts";
import { digest } from "../../src/emulator/state/random-id.ts";
import { callCli, type CalledCli } from "../support/call-cli.ts";
import { runCli, type CliOptions, type CliResult } from "../support/run-cli.ts";

export const recipe = `name: kill
inputs: picture.jpg
prompts: make a 1-second video of my photo
refinements: show the title "Two"
export: { to: out.mp4, quality: low }
timeouts: { turn: 1s, change: 500ms, render: 20s }
poll: { state: 50ms, render: 400ms }
retry: { delay: 50ms }
`;

const mostTries = 8;
const preload = fileURLToPath(new URL("points.ts", import.meta.url));
const picture = fileURLToPath(new URL("../fixtures/media/picture.jpg", import.meta.url));

/** One user of the emulator: a folder with a recipe, a state folder, credentials, and what the service knows of them. */
export interface Trial {
  readonly folder: string;
  readonly output: string;
  /** What leads the program to this user. */
  readonly env: Readonly<Record<string, string>>;
  /** The program as a process of its own, with the points of `points.ts` when `points` asks for some. */
  child(args: readonly string[], points?: Points, more?: CliOptions): Promise<CliResult>;
  /** The program inside this process: the whole way, and quicker. */
  call(args: readonly string[]): Promise<CalledCli>;
  /** Prompts that the service accepted, and charged for. */
  accepted(): readonly string[];
  /** Files of the sessions in which something was paid. */
  filesPaidFor(): readonly string[];
}

export interface Points {
  readonly POINT?: string;
  readonly POINT_SIGNAL?: "SIGKILL" | "SIGSTOP";
  readonly POINT_LOG?: string;
  readonly POINT_PID?: string;
}

export interface KillWorld {
  readonly emulator: Emulator;
  /** True for a file that is, from its first to its last byte, what a run delivers that nobody disturbs. */
  isWhole(path: string): boolean;
  /** Names of all points that such a run passes, in their order. */
  readonly points: readonly string[];
  trial(name: string): Trial;
  close(): Promise<void>;
}

/** A backend and one whole run as the measure for all others. */
export async function openKillWorld(): Promise<KillWorld> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "nemo-kill-")));
  const emulator = await startEmulator({ workMs: 40, pace: 0.3 });
  const trial = (name: string): Trial => makeTrial(emulator, join(base, name));
  const close = async (): Promise<void> => {
    await emulator.close();
    rmSync(base, { recursive: true, force: true, maxRetries: 3 });
  };
  const { output, points } = await runUndisturbed(trial, base);
  const whole = readFileSync(output);
  const isWhole = (path: string): boolean => readFileSync(path).equals(whole);
  return { emulator, isWhole, points, trial, close };
}

/** The first run draws the video, and waits for it longer than all that follow: it is the next that is looked at. */
async function runUndisturbed(
  trial: KillWorld["trial"],
  base: string,
): Promise<{ readonly output: string; readonly points: readonly string[] }> {
  let told = "";
  for (let tries = 0; tries <= mostTries; tries++) {
    const log = join(base, `points-${tries}`);
    const undisturbed = trial(`undisturbed-${tries}`);
    const { exitCode, stderr } = await undisturbed.child(["run"], { POINT_LOG: log });
    told = stderr;
    if (exitCode !== 0 || tries === 0) continue;
    const points = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
    return { output: undisturbed.output, points };
  }
  throw new Error(`no run that nobody disturbs came to its end: ${told}`);
}

function makeTrial(emulator: Emulator, folder: string): Trial {
  mkdirSync(folder);
  copyFileSync(picture, join(folder, "picture.jpg"));
  writeFileSync(join(folder, "recipe.yaml"), recipe);
  const clientId = `kill-${digest(folder)}`;
  const env = { NEMO_API_URL: emulator.url, NEMO_CLIENT_ID: clientId };
  const userId = `anon_${digest(clientId)}`;
  const turns = (): Emulator["ledger"]["turns"] =>
    emulator.ledger.turns.filter((turn) => turn.userId === userId);
  return {
    folder,
    env,
    output: join(folder, "out.mp4"),
    child: (args, points, more = {}) =>
      runCli(args, {
        ...more,
        cwd: folder,
        env: { ...env, ...points, ...(points !== undefined && { NODE_OPTIONS: `--import=${preload}` }) },
      }),
    call: (args) => callCli(args, { cwd: folder, env }),
    accepted: () => turns().map(({ text }) => text),
    filesPaidFor: () => {
      const paid = new Set(turns().map(({ sessionId }) => sessionId));
      return emulator.ledger.uploads.filter((one) => paid.has(one.sessionId)).map((one) => one.filename);
    },
  };
}

const prompts = 2;

/** A render that takes longer than anybody waits ends a resume with 1: it goes on with the next. */
async function goOn(
  trial: Trial,
  { command, parent }: { readonly command: string; readonly parent: "call" | "child" },
): Promise<Pick<CliResult, "exitCode" | "stderr">> {
  for (let tries = 1; ; tries++) {
    const ended = await trial[parent]([command]);
    if (ended.exitCode !== 1 || tries === mostTries) return ended;
  }
}

/** What became of a trial: all of it was made, or it waits for a person because nobody can know. */
export type Outcome = "delivered" | "parked";

/**
 * Goes on with a killed run for as long as it takes, and says what came of it. Throws where something was paid
 * twice, lost, or delivered in part. The emulator shows each turn at once, so what it accepted may not be parked.
 */
export async function finish(
  trial: Trial,
  { isWhole }: KillWorld,
  parent: "call" | "child" = "call",
): Promise<Outcome> {
  const check = (isSo: boolean, what: string): void => {
    if (!isSo) throw new Error(`${what}; accepted: ${JSON.stringify(trial.accepted())}`);
  };
  check(!existsSync(trial.output) || isWhole(trial.output), "a part of a file stood at the output's path");
  await goOn(trial, { command: "resume", parent });
  // Where nothing was on record yet, the run begins; else this finds all made, or the parked turn.
  const ended = await goOn(trial, { command: "run", parent });
  const accepted = trial.accepted();
  check(new Set(accepted).size === accepted.length, "a prompt was paid twice");
  check(trial.filesPaidFor().length <= 1, "a file went into the paid session twice");
  if (ended.exitCode === 75) {
    check(accepted.length < prompts, `all turns ran, and yet the job is parked: ${ended.stderr}`);
    return "parked";
  }
  check(ended.exitCode === 0, `the run ended with ${ended.exitCode}: ${ended.stderr}`);
  check(accepted.length === prompts, "a prompt was never sent");
  check(existsSync(trial.output) && isWhole(trial.output), "the delivered file is not whole");
  return "delivered";
}
