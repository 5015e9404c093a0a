import type { Clock } from "../../../src/base/clock.ts";
import type { JobLock } from "../../../src/executor/ports.ts";
import { stepClock, type StepClock } from "../../support/step-clock.ts";

/** A machine with a clock on the wall that people set, and a lid that is closed now and then. */
export interface Machine {
  /** Time as it really passes: the service lives by it. */
  readonly steps: StepClock;
  /** What the wall's clock shows. */
  now(): number;
  /** The wall's clock is set. */
  setClock(byMs: number): void;
  /** Nothing that runs here does anything for so long, and timers do not count it. */
  suspend(ms: number): void;
  /** Virtual time stands while this works: on a real disk, say. */
  busy<Value>(work: () => Promise<Value>): Promise<Value>;
  start(): Process;
}

/** A process on the machine. What it waits for when it is killed never comes. */
export interface Process {
  readonly clock: Clock;
  wrap<Port extends object>(port: Port): Port;
  /** Done for it by the kernel when it dies. */
  atEnd(clean: () => void): void;
  kill(): void;
}

export function machine(startMs: number): Machine {
  let working = 0;
  const steps = stepClock(startMs, () => working > 0);
  let [skewMs, awakeAtMs, sleptMs] = [0, -Infinity, 0];
  const awake = async (): Promise<void> => {
    while (steps.now() < awakeAtMs) await steps.sleep(awakeAtMs - steps.now());
  };
  // The wall's clock has whole milliseconds only.
  const now = (): number => Math.round(steps.now() + skewMs);
  return {
    steps,
    now,
    setClock: (byMs) => void (skewMs += byMs),
    suspend(ms) {
      awakeAtMs = Math.max(awakeAtMs, steps.now()) + ms;
      sleptMs += ms;
    },
    async busy(work) {
      working += 1;
      try {
        return await work();
      } finally {
        working -= 1;
      }
    },
    start() {
      const ends = new Set<() => void>();
      let isAlive = true;
      const living = async <Value>(work: () => Promise<Value>): Promise<Value> => {
        await awake();
        const value = isAlive ? await work() : await never();
        await awake();
        return isAlive ? value : never();
      };
      const sleep: Clock["sleep"] = (ms, signal) =>
        living(async () => {
          for (let leftMs = ms; leftMs > 0;) {
            const beforeMs = sleptMs;
            await steps.sleep(leftMs, signal);
            leftMs = sleptMs - beforeMs;
          }
        });
      return {
        clock: { now, sleep },
        wrap: (port) =>
          mortal(port, living, (lock) => {
            const end = (): void => void lock.release();
            ends.add(end);
            return { release: () => (ends.delete(end), lock.release()) };
          }),
        atEnd: (clean) => void ends.add(clean),
        kill() {
          isAlive = false;
          for (const end of ends) end();
        },
      };
    },
  };
}

function mortal<Port extends object>(
  port: Port,
  living: <Value>(work: () => Promise<Value>) => Promise<Value>,
  onLock: (lock: JobLock) => JobLock,
): Port {
  return new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function" || name === "pageLink") return member;
      return (...parameters: unknown[]) =>
        living(async () => {
          const value: unknown = await Reflect.apply(member, target, parameters);
          return name === "lock" && value !== undefined ? onLock(value as JobLock) : value;
        });
    },
  });
}

/** One for each who waits: a shared one would keep all of them, and what they hold. */
const never = (): Promise<never> => new Promise(() => {});
