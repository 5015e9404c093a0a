// journal/: Keeps events, in order, durably; answers what was made before.
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { assert } from "../base/assert.ts";
import type { Journal } from "../executor/ports.ts";
import { groupCommit } from "./group-commit.ts";
import { jobLocks } from "./job-locks.ts";
import { journalReads, type JournalReads } from "./journal-reads.ts";
import { journalWrites, type JournalWrites } from "./journal-writes.ts";
import { openDatabase, type OpenOptions } from "./open-database.ts";
import { patiently } from "./patiently.ts";
import { slotTable, type SlotTable } from "./slot-table.ts";
import { sqliteFailure } from "./sqlite-failure.ts";

/**
 * Opens the journal at `path`, made where there is none; locks lie in `locks/` beside it. Any number of processes
 * may have it open. Throws a Failure `journal-failed` or `disk-full`: damaged, from a newer version, on a network
 * drive, not writable.
 *
 * Owns: the database file and its lock folder. Talks to: node:sqlite, the clock.
 * Invariants: an append that resolved is on the disk; one that rejected is in no answer of this journal; a job's
 * events are numbered 1, 2, 3 … without a gap, whoever writes.
 */
export async function openJournal({ path: given, clock, onWarning }: OpenOptions): Promise<Journal> {
  const path = resolve(given);
  const failing = async <T>(work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw sqliteFailure(error, path);
    }
  };
  const locks = jobLocks({ path, clock });
  const { db, reads, writes, slots } = await failing(async () =>
    prepare(await openDatabase({ path, clock, onWarning })),
  );
  const commits = groupCommit(db, clock);
  let isOpen = true;

  const write = <T>(work: () => T, isAlone = false): Promise<T> =>
    failing(() => {
      assert(isOpen, "the journal is closed");
      return commits.write(work, { isAlone });
    });
  const read = <T>(work: () => T): Promise<T> =>
    failing(() => {
      assert(isOpen, "the journal is closed");
      return patiently(clock, work);
    });

  return {
    append: (...[jobId, event, expectedSeq, limits]) => {
      const recorded = { jobId, seq: expectedSeq + 1, atMs: clock.now(), event };
      // The record of a paid turn waits for nothing and shares its fate with nothing.
      const isAlone = event.type === "turn-sending";
      return write(() => (writes.append(recorded, limits), recorded), isAlone);
    },
    read: (jobId) => read(() => reads.events(jobId)),
    lock: (jobId) =>
      failing(() => {
        assert(isOpen, "the journal is closed");
        return locks.lock(jobId);
      }),
    findByBaseKey: (baseKey, paidKey) => read(() => reads.jobIdsByBaseKey(baseKey, paidKey)),
    findJobs: (text, limit = -1) => read(() => reads.jobs(text, limit)),
    unfinishedJobs: () => read(() => reads.unfinished()),
    paidFailures: () => read(() => reads.paidFailures()),
    findPlaced: (placedAt) => read(() => reads.placed(placedAt)),
    findByInput: (input) => read(() => reads.uses(input)),
    isPlaced: (sha256) => read(() => reads.isPlaced(sha256)),
    spent: (query) => read(() => reads.spent(query)),
    isBlurred: (jobId) => read(() => reads.isBlurred(jobId)),
    costSamples: (query) => read(() => reads.samples(query)),
    startRun: ({ runId, recipes }) => write(() => writes.startRun({ runId, recipes, atMs: clock.now() })),
    finishRun: (runId, exitCode) => write(() => writes.finishRun({ runId, exitCode, atMs: clock.now() })),
    requestStop: (id) => write(() => writes.requestStop({ id, atMs: clock.now() })),
    isStopRequested: (id) => read(() => reads.isStopRequested(id)),
    runs: (limit = -1) => read(() => reads.runs(limit)),
    decideSlot: (slot, fate) => write(() => slots.decide(slot, fate, clock.now()), true),
    finishSlot: (slot, end) => write(() => slots.finish(slot, end, clock.now())),
    lastSlot: (entry, upToMs) => read(() => slots.last(entry, upToMs)),
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      await commits.idle();
      await locks.releaseAll();
      db.close();
    },
  };
}

interface Prepared {
  readonly db: DatabaseSync;
  readonly reads: JournalReads;
  readonly writes: JournalWrites;
  readonly slots: SlotTable;
}

function prepare(db: DatabaseSync): Prepared {
  try {
    return { db, reads: journalReads(db), writes: journalWrites(db), slots: slotTable(db) };
  } catch (error) {
    db.close();
    throw error;
  }
}
