import { setImmediate } from "node:timers";
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../base/clock.ts";
import { patiently } from "./patiently.ts";
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
   * Runs `work` inside a transaction and resolves when it is on the disk. What is asked for while others are brought
   * there shares one sync; with `isAlone`, nothing does. `work` may run more than once, and its error rejects only this.
   */
  write<T>(work: () => T, options: { readonly isAlone: boolean }): Promise<T>;
  /** Throws the error of a sync that failed: since then nobody knows what is on the disk. */
  assertSynced(): void;
  /** Resolves when all that was asked for until now is written or refused. */
  idle(): Promise<void>;
}

export interface CommitPorts {
  readonly clock: Clock;
  /** Brings to the disk all that was committed before. */
  readonly sync: () => Promise<void>;
}

/**
 * Owns: the queue of writes. Talks to: one SQLite connection, the disk's sync, the clock.
 * Invariants: writes happen in the order they were asked for, but that those that must be alone go before; nothing is acknowledged before its commit has been
 * synced; a failed commit acknowledges nothing, and after a failed sync nothing is written or read any more.
 */
export function groupCommit(db: DatabaseSync, { clock, sync }: CommitPorts): GroupCommit {
  const queue: Write[] = [];
  let draining: Promise<void> | undefined;
  let lost: { readonly error: unknown } | undefined;

  const assertSynced = (): void => {
    if (lost !== undefined) throw lost.error;
  };
  const store = async (group: readonly Write[]): Promise<void> => {
    const kept = await commit(db, clock, group);
    if (kept.length === 0) return;
    try {
      await sync();
      for (const write of kept) write.resolve();
    } catch (error) {
      lost = { error };
      for (const write of [...kept, ...queue.splice(0)]) write.reject(error);
    }
  };
  const drain = async (): Promise<void> => {
    await new Promise<void>((resolve) => setImmediate(resolve));
    for (let group = nextGroup(queue); group.length > 0; group = nextGroup(queue)) await store(group);
    draining = undefined;
  };

  return {
    assertSynced,
    write: (work, { isAlone }) =>
      new Promise((resolve, reject) => {
        assertSynced();
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

/** Writes a group, and tells each that was refused. Never rejects; returns what is to be synced. */
async function commit(db: DatabaseSync, clock: Clock, group: readonly Write[]): Promise<readonly Write[]> {
  try {
    const refused = await patiently(clock, () => transaction(db, () => attempt(group)));
    for (const [write, error] of refused) write.reject(error);
    return group.filter((write) => !refused.has(write));
  } catch (error) {
    // One that cannot be written must not take the others with it.
    if (group.length > 1) {
      const kept: Write[] = [];
      for (const write of group) kept.push(...(await commit(db, clock, [write])));
      return kept;
    }
    for (const write of group) write.reject(error);
    return [];
  }
}

/** Does each write; those that refuse by themselves, before they changed anything, are returned with their error. */
function attempt(group: readonly Write[]): Map<Write, unknown> {
  const refused = new Map<Write, unknown>();
  for (const write of group) {
    try {
      write.work();
    } catch (error) {
      if (isSqliteError(error)) throw error;
      refused.set(write, error);
    }
  }
  return refused;
}
