// A NemoVideo backend in this process: the same wire, real videos through ffmpeg, a bill, faults on demand, no AI.
import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Backend } from "./backend.ts";
import { planFaults } from "./faults/plan-faults.ts";
import { ffmpegMissing, findFfmpeg } from "./find-ffmpeg.ts";
import { serveForeign } from "./foreign-origin.ts";
import { type EmulatorLedger, openLedger } from "./ledger.ts";
import { listen } from "./listen.ts";
import { openProbe } from "./media/probe-media.ts";
import { answerPrompt } from "./prompt/answer-prompt.ts";
import { openAccounts } from "./state/accounts.ts";
import { openSessions } from "./state/sessions.ts";
import { openStore } from "./state/store.ts";
import { settleLeftTurns } from "./turns/accept-turn.ts";
import { openRenders } from "./video/render-queue.ts";
import { openWaiting } from "./wait.ts";
import { route } from "./wire/router.ts";

export interface EmulatorOptions {
  /** Default 0: any free port. Always on 127.0.0.1. */
  port?: number;
  /** Where accounts, sessions, uploads, drafts, the bill and renders are kept; absent: a temporary folder, removed on close. */
  stateDir?: string;
  /** Default: what `findFfmpeg` finds. */
  ffmpegPath?: string;
  /** For example `late@2,cut@3;seed=7`; see `listFaults` and `faultGrammar`. */
  faults?: string;
  /** The wire as it is documented now, or as it was. Default "documented". */
  form?: "documented" | "old";
  /** How long a generation works, in ms; an edit takes a third of it. Default 300. */
  workMs?: number;
  /** Multiplies every wait of the backend; default 1. */
  pace?: number;
  /** What a new anonymous account starts with. Default 100. */
  credits?: number;
}

export interface Emulator {
  readonly url: string;
  readonly port: number;
  /** What the backend accepted, charged and served; live. */
  readonly ledger: EmulatorLedger;
  close(): Promise<void>;
}

const secondStageMs = 200;

/** Starts the backend. Rejects when a fault is unknown, ffmpeg is missing or the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const faults = planFaults(options.faults ?? "");
  const ffmpegPath = options.ffmpegPath ?? (await findFfmpeg())?.path;
  if (ffmpegPath === undefined) throw new Error(ffmpegMissing);
  const folder = options.stateDir ?? (await mkdtemp(join(tmpdir(), "nemo-emulator-")));
  const store = openStore(folder);
  const sessions = openSessions(store);
  const pace = options.pace ?? 1;
  const backend: Backend = {
    store,
    sessions,
    faults,
    probe: openProbe(ffmpegPath),
    accounts: openAccounts(store, options.credits ?? 100),
    renders: openRenders({ store, ffmpegPath, uploadPath: sessions.uploadPath }),
    ledger: openLedger([...sessions.all()].flatMap(({ turns }) => turns)),
    waiting: openWaiting(),
    form: options.form ?? "documented",
    workMs: (options.workMs ?? 300) * pace,
    secondStageMs: secondStageMs * pace,
    origins: { own: "", foreign: "" },
  };
  settleLeftTurns(backend, answerPrompt);
  return serve(backend, options);
}

async function serve(backend: Backend, options: EmulatorOptions): Promise<Emulator> {
  const own = await listen(options.port ?? 0, (request, response) => void route(backend, request, response));
  const foreign = await listen(0, (request, response) => void serveForeign(backend, request, response));
  backend.origins = { own: own.url, foreign: foreign.url };
  let closing: Promise<void> | undefined;
  return {
    url: own.url,
    port: own.port,
    ledger: backend.ledger,
    close: () => (closing ??= stop(backend, [own.server, foreign.server], options.stateDir === undefined)),
  };
}

async function stop(backend: Backend, servers: readonly Server[], temporary: boolean): Promise<void> {
  backend.waiting.stop();
  const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
  for (const server of servers) server.closeAllConnections();
  await Promise.all(closed);
  await backend.renders.stop();
  if (temporary) await rm(backend.store.folder, { recursive: true, force: true, maxRetries: 3 });
}
