import { setImmediate } from "node:timers";
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../base/clock.ts";
import { patiently } from "./patiently.ts";
import { Damage } from "./read-record.ts";
import { isSqliteError } from "./sqlite-failure.ts";
import { transaction } from "./transaction.ts";

/** Most writes that share one sync. */
const groupSize = 64;

interface Write {
  readonly work: () => void;
  readonly isAlone: boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommit {
  /**
   * Runs `work` inside a transaction and resolves when it is on the disk. What is asked for at about the same time
   * shares one sync; with `isAlone`, nothing does. `work` may run more than once, and its error rejects only this.
   */
  write<T>(work: () => T, options: { readonly isAlone: boolean }): Promise<T>;
  /** Resolves when all that was asked for until now is written or refused. */
  idle(): Promise<void>;
}

/**
 * Owns: the queue of writes. Talks to: one SQLite connection, the clock.
 * Invariants: of those that must be alone, and of all others, each happens in the order they were asked for; nothing
 * is acknowledged before its commit has been synced; a failed commit acknowledges nothing.
 */
export function groupCommit(db: DatabaseSync, clock: Clock): GroupCommit {
  const queue: Write[] = [];
  let draining: Promise<void> | undefined;

  const drain = async (): Promise<void> => {
    await new Promise<void>((resolve) => setImmediate(resolve));
    for (let group = nextGroup(queue); group.length > 0; group = nextGroup(queue)) {
      await commit(db, clock, group);
    }
    draining = undefined;
  };

  return {
    write: (work, { isAlone }) =>
      new Promise((resolve, reject) => {
        let result: { value: ReturnType<typeof work> } | undefined;
        queue.push({
          work: () => {
            result = { value: work() };
          },
          isAlone,
          resolve: () => result && resolve(result.value),
          reject,
        });
        draining ??= drain();
      }),
    idle: async () => draining,
  };
}

/** Who must be alone goes first: behind it, all others can go together. */
function nextGroup(queue: Write[]): Write[] {
  const alone = queue.findIndex(({ isAlone }) => isAlone);
  return alone === -1 ? queue.splice(0, groupSize) : queue.splice(alone, 1);
}

/** Never rejects: each write hears of its own end. */
async function commit(db: DatabaseSync, clock: Clock, group: readonly Write[]): Promise<void> {
  try {
    const refused = await patiently(clock, () => transaction(db, () => attempt(group)));
    for (const write of group) {
      if (refused.has(write)) write.reject(refused.get(write));
      else write.resolve();
    }
  } catch (error) {
    // One that cannot be written must not take the others with it.
    if (group.length > 1) for (const write of group) await commit(db, clock, [write]);
    else for (const write of group) write.reject(error);
  }
}

/**
 * Does each write; those that refuse by themselves, before they changed anything, are returned with their error. An
 * error of the file may come in the middle of one.
 */
function attempt(group: readonly Write[]): Map<Write, unknown> {
  const refused = new Map<Write, unknown>();
  for (const write of group) {
    try {
      write.work();
    } catch (error) {
      if (isSqliteError(error) || error instanceof Damage) throw error;
      refused.set(write, error);
    }
  }
  return refused;
}
