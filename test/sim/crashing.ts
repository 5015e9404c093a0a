import type { JobLock, Journal, NemoService, Files } from "../../src/executor/ports.ts";
import type { Random } from "../support/seeded-random.ts";

/** The simulated process has died. Nothing catches it: it is no Failure. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/**
 * One life of a process: kills it, by chance, right before or right behind any call of a port. Once dead, no call
 * does anything any more, as behind a kill signal.
 */
export interface Life {
  wrap<Port extends Journal | NemoService | Files>(port: Port): Port;
  readonly isDead: () => boolean;
  /** What the kernel does for a dead process. */
  releaseLocks(): Promise<void>;
}

export function lifeOf(random: Random, crashShare: () => number): Life {
  let dead = false;
  const locks: JobLock[] = [];
  const dieByChance = (): void => {
    if (!dead && random.chance(crashShare())) dead = true;
    if (dead) throw new Crash("the process was killed");
  };
  const wrap = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return (...parameters: unknown[]) => {
          if (dead) throw new Crash("the process was killed");
          if (name === "pageLink") return member.apply(target, parameters);
          return (async () => {
            dieByChance();
            const value: unknown = await member.apply(target, parameters);
            if (name === "lock" && value !== undefined) locks.push(value as JobLock);
            dieByChance();
            return value;
          })();
        };
      },
    });
  const releaseLocks = async (): Promise<void> => {
    for (const lock of locks) await lock.release();
  };
  return { wrap, isDead: () => dead, releaseLocks };
}
