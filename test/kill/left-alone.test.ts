// A folder that is left alone: photos come in every way, the watch is killed, stopped and started again, the service has
// its bad days. In the end there is one video of each whole photo, and the service's own bill says so too.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import type { Spending } from "../../src/job/spending.ts";
import { startEmulator, type Emulator } from "../../src/emulator/start-emulator.ts";
import { proven } from "../support/proven.ts";
import { isWhole } from "../support/rounds.ts";
import { runCli, type CliResult } from "../support/run-cli.ts";
import { seededRandom, type Random } from "../support/seeded-random.ts";
import { tempDir } from "../support/temp-dir.ts";
import { busyInbox, type BusyInbox } from "./busy-inbox.ts";

const isProof = process.env["PROOF"] === "1";
const first = Number(process.env["LEFT_ALONE_FIRST"] ?? 1);
const rounds = Number(process.env["LEFT_ALONE"] ?? (isProof ? 15 : 1));
const photos = isWhole ? 20 : 8;
const credits = 100_000;

const recipe = `name: clip
watch: { folder: inbox, settle: 300ms, after: move }
prompts: make a 1-second video of my photo
export: { to: "out/\${{ job.name }}.mp4", quality: low }
concurrency: 4
budget: { perDay: ${credits} }
timeouts: { turn: 2s, idle: 1s, silence: 1s, change: 1s, render: 30s }
poll: { state: 50ms, render: 200ms }
retry: { delay: 50ms }
`;

/** Every fault of the service that nobody has to be asked about: what was sent is accepted, or refused for certain. */
const faults = `
  late=400%8 cut%8 cut-after%8 http-502-after%5 http-503-after%5 silent%10 second-stage=300%10 stale-state=300%10
  rate-limit%5 slow=300%15 http-503:upload%5 cut-before:upload%5 cut-before:state%5 http-502:session%5 render-fails%4
  cut-before:poll%5 link-dies=truncated%4 link-dies=reset%4 expired-token@40`;

interface Round {
  readonly folder: string;
  readonly emulator: Emulator;
  readonly random: Random;
  readonly inbox: BusyInbox;
}

function program({ folder, emulator }: Round, args: readonly string[], end: AbortSignal): Promise<CliResult> {
  return runCli(args, {
    cwd: folder,
    env: { NEMO_API_URL: emulator.url, NEMO_CLIENT_ID: "left-alone" },
    signal: end,
    killSignal: "SIGKILL",
  });
}

/** Starts the watch, and after a while kills it and starts it again; returns how often. */
async function watchAndKill(round: Round, isOver: () => boolean): Promise<number> {
  for (let kills = 0; ; kills++) {
    const end = new AbortController();
    const ended = program(round, ["watch", "clip.yaml"], end.signal);
    const untilMs = performance.now() + round.random.between(800, 3_500);
    while (performance.now() < untilMs && !isOver()) await sleep(20);
    end.abort();
    await ended;
    if (isOver()) return kills + 1;
  }
}

/** What a person does in the end: works the folder off, and decides what nobody else can, as the bill says. */
async function finish(round: Round): Promise<number> {
  const run = (...args: string[]): Promise<CliResult> => program(round, args, new AbortController().signal);
  let decided = 0;
  const told: string[] = [];
  for (let tries = 1; tries <= 12; tries++) {
    const { exitCode, stderr } = await run("watch", "clip.yaml", "--once");
    told.push(`exit ${exitCode}: ${stderr}`);
    // A copy that stopped for ever is left where it is, and told of each time.
    const isDone = exitCode === 0 || (exitCode === 1 && isAllLeftOut(stderr));
    if (isDone && round.inbox.standing().inbox.length === 0) return decided;
    for (const { jobId } of parkedIn((await run("status", "--json")).stdout)) {
      const { session } = JSON.parse((await run("show", jobId, "--json")).stdout) as { session?: string };
      const ran = round.emulator.ledger.turns.some(({ sessionId }) => sessionId === session);
      await run("resolve", jobId, ran ? "--adopt" : "--resend");
      decided += 1;
    }
    await run("resume");
  }
  throw new Error(`the folder is never worked off:\n${told.slice(-2).join("\n")}`);
}

const isAllLeftOut = (stderr: string): boolean =>
  /^\d+ files? left out · /m.test(stderr) &&
  stderr.split("\n").every((line) => !line.startsWith("!") || line.includes("is not whole"));

function parkedIn(status: string): { jobId: string }[] {
  const rows = status.split("\n").filter((line) => line.includes('"standing":"parked"'));
  return rows.map((line) => JSON.parse(line) as { jobId: string });
}

it(
  "one video of each whole photo, and a bill that matches",
  { timeout: isProof ? 3_600_000 : 600_000 },
  async () => {
    const counts = { photos: 0, kills: 0, decided: 0, charged: 0 };
    for (let seed = first; seed < first + rounds; seed++) {
      const folder = tempDir();
      const random = seededRandom(seed);
      const emulator = await startEmulator({
        workMs: 60,
        pace: 0.3,
        credits,
        faults: `${faults.trim().split(/\s+/).join(",")};seed=${seed}`,
      });
      onTestFinished(() => emulator.close());
      writeFileSync(join(folder, "clip.yaml"), recipe);
      // Of its own, so that what happens to the folder does not hang on when the watch was killed.
      const inbox = busyInbox(folder, seededRandom(seed + 1_000_000));
      const round = { folder, emulator, random, inbox };
      let isOver = false;
      const filling = inbox.fill(photos).finally(() => void (isOver = true));
      counts.kills += await watchAndKill(round, () => isOver);
      await filling;
      counts.decided += await finish(round);
      judge(round, seed);
      counts.charged += await judgeBill(round, seed);
      counts.photos += photos;
      await emulator.close();
    }
    expect(counts.kills).toBeGreaterThanOrEqual(rounds);
    proven(
      "W1",
      `${counts.photos} photos in ${rounds} folders that were left alone with a service in trouble and ${counts.kills} kills: one video each, ${counts.charged} credits on the bill for ${counts.photos} turns; ${counts.decided} decided by a person`,
      `${first}–${first + rounds - 1}`,
    );
  },
);

/** By what the service accepted, charged and rendered, and what lies on the disk. */
function judge(round: Round, seed: number): void {
  const { folder, emulator, inbox } = round;
  const { ledger } = emulator;
  const sentIn = new Map(ledger.uploads.map(({ sessionId, sha256 }) => [sessionId, sha256]));
  const paid = ledger.turns.map(({ sessionId }) => sentIn.get(sessionId) ?? "nothing");
  const { done, failed, inbox: left } = inbox.standing();
  const photosThere = [...new Set([...done, ...failed])];
  expect(left, `seed ${seed}`).toEqual([]);
  // Each photo was made, and nothing was that was not whole, or was made before.
  expect(paid.toSorted(), `seed ${seed}`).toEqual(photosThere.toSorted());
  expect(photosThere.length, `seed ${seed}`).toBe(photos);
  const videos = readdirSync(join(folder, "out")).map((name) => readFileSync(join(folder, "out", name)));
  expect(videos.length, `seed ${seed}`).toBe(photos);
  for (const video of videos) expect(isWholeMp4(video), `seed ${seed}`).toBe(true);
}

/** Box behind box up to the last byte, with the index and the frames among them. */
function isWholeMp4(bytes: Buffer): boolean {
  const boxes: string[] = [];
  let at = 0;
  for (; at + 8 <= bytes.length; at += Math.max(8, bytes.readUInt32BE(at)))
    boxes.push(bytes.toString("latin1", at + 4, at + 8));
  return at === bytes.length && boxes[0] === "ftyp" && boxes.includes("moov") && boxes.includes("mdat");
}

/** What the program says was spent: never less than the service charged, or a budget would be overdrawn unseen. */
async function judgeBill(round: Round, seed: number): Promise<number> {
  const { stdout } = await program(round, ["credits", "--json"], new AbortController().signal);
  const { total, spent } = JSON.parse(stdout) as { total: number; spent: { today: Spending } };
  const { charged, turns } = round.emulator.ledger.counts;
  expect([total, turns], `seed ${seed}`).toEqual([credits - charged, photos]);
  const { measured, unmeasured, reserved } = spent.today;
  expect(measured, `seed ${seed}`).toBeLessThanOrEqual(charged);
  expect(measured + unmeasured + reserved, `seed ${seed}`).toBeGreaterThanOrEqual(charged);
  return charged;
}
