// Owns: how often each fault was met. Talks to: nobody.
// Invariants: the same faults, seed and requests give the same faults again.
import { chance } from "./chance.ts";
import type { Endpoint } from "./fault-table.ts";
import { parseFaults } from "./parse-faults.ts";

/** Faults of one request: names with their values. */
export type Met = ReadonlyMap<string, string>;

export interface Faults {
  readonly seed: number;
  /** Counts one request of this endpoint and says which faults it meets. */
  meet(endpoint: Endpoint): Met;
  /** A fault that is a setting of the whole server. */
  setting(name: string): string | undefined;
}

/** Throws an Error for a fault that does not exist or cannot be read. */
export function planFaults(text: string): Faults {
  const { faults, seed } = parseFaults(text);
  const counts = new Map<Endpoint, number>();
  return {
    seed,
    meet(endpoint) {
      const nth = (counts.get(endpoint) ?? 0) + 1;
      counts.set(endpoint, nth);
      const met = new Map<string, string>();
      for (const [index, fault] of faults.entries()) {
        if (fault.on !== endpoint || nth < fault.from || nth >= fault.from + fault.count) continue;
        if (chance(`${seed}:${index}:${nth}`) * 100 < fault.percent) met.set(fault.name, fault.value);
      }
      return met;
    },
    setting: (name) => faults.find((fault) => fault.name === name)?.value,
  };
}
