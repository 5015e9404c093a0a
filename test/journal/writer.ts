// A process that writes one journal until it is ended, and prints what was acknowledged, a line each.
import { writeSync } from "node:fs";
import type { JobEvent } from "../../src/job/event.ts";
import { Failure } from "../../src/base/failure.ts";
import { openJournal } from "../../src/journal/sqlite-journal.ts";

const [path = "", mode = "", jobId = "", name = ""] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);
const journal = await openJournal({
  path,
  clock: { now: () => Date.now(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
  onWarning: (message) => say(`warning ${message}`),
});
const uploaded = (key: string): JobEvent => ({ type: "file-uploaded", key, name: "x".repeat(200) });

/** Appends after what is there, for ever; `key` is the number that it asked for. */
async function append(job: string): Promise<never> {
  for (let seq = (await journal.read(job)).length; ; seq++) {
    await journal.append(job, uploaded(`${name}${seq + 1}`), seq);
    say(`${job} ${seq + 1}`);
  }
}

/** Fights for the numbers up to 100; says which it has won. */
async function race(): Promise<void> {
  for (let seq = 0; seq < 100;) {
    try {
      await journal.append(jobId, uploaded(name), seq);
      say(`${seq + 1}`);
    } catch (error) {
      if (!(error instanceof Failure) || error.facts.code !== "job-busy") throw error;
    }
    seq = (await journal.read(jobId)).length;
  }
}

/** Goes on after a failed append, as a program would that does not look. */
async function appendUntilRefused(): Promise<void> {
  for (let seq = 0, refused = 0; refused < 5;) {
    try {
      await journal.append(jobId, uploaded(String(seq + 1)), seq);
      say(`${(seq += 1)}`);
    } catch (error) {
      refused++;
      say(`refused ${error instanceof Failure ? error.facts.code : String(error)}`);
    }
  }
}

/** Spends 100 credits a turn until the day's 3,090 have no room for more; says each. */
async function spend(): Promise<void> {
  const limit = { scope: "day", credits: 3090, sinceMs: 0, from: "the config" } as const;
  const credits = { available: 9, frozen: 0, total: 9 };
  for (let seq = 0; ; seq++) {
    const key = String(seq);
    const more = { attempt: 1, promptHash: "", draftBefore: "none", creditsBefore: credits, atMs: 0 };
    const sending: JobEvent = { type: "turn-sending", key, ...more, reserved: 100, overlapped: false };
    try {
      await journal.append(jobId, sending, seq, [limit]);
      say(`sent ${key}`);
    } catch (error) {
      say(`refused ${error instanceof Failure ? error.facts.code : String(error)}`);
      return;
    }
  }
}

if (mode === "append") await Promise.all(jobId.split(",").map(append));
if (mode === "race") await race();
if (mode === "spend") await spend();
if (mode === "fill") await appendUntilRefused();
if (mode === "lock") {
  say((await journal.lock(jobId)) === undefined ? "busy" : "locked");
  setInterval(() => undefined, 1000);
} else await journal.close();
