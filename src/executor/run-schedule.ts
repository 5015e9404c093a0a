import { Failure, type FailureFacts } from "../base/failure.ts";
import type { SchedulePorts, ScheduleRequest } from "./schedule-request.ts";
import type { ScheduledEntry } from "./scheduled-entry.ts";
import { slotKeeper, type SlotKeeper } from "./slot-keeper.ts";

/**
 * Starts the runs of due slots, by looks at the clock every few seconds: never by timers that reach from one slot to
 * the next, which a suspend or a step of the clock would bend. Returns the exit codes of the runs.
 *
 * Owns: which slots wait, and which of its runs are going. Talks to: the journal, the clock.
 * Invariants: a slot is recorded before its run begins, and starts once; runs that were started are waited for.
 */
export async function runSchedule(
  request: ScheduleRequest,
  ports: SchedulePorts,
): Promise<ReadonlySet<number>> {
  const { mode, signal, tell } = request;
  const exitCodes = new Set<number>();
  const alarm = newAlarm(request, ports);
  const all = new Set<SlotKeeper>();
  const keepers = keeperOfEach(request, (entry) => {
    const onRunEnd = (code: number): void => (exitCodes.add(code), alarm.ring());
    const keeper = slotKeeper(entry, { ...ports, request, onRunEnd });
    all.add(keeper);
    return keeper;
  });
  const startedAtMs = ports.clock.now();
  const isIdle = ({ running, nextDueMs }: SlotKeeper): boolean =>
    running.size === 0 && nextDueMs > startedAtMs;
  const say = newTroubles(tell);
  try {
    while (!signal.aborted) {
      const now = keepers();
      for (const one of all) if (one.running.size === 0 && !now.includes(one)) all.delete(one);
      const isPaused = request.isPaused?.() === true;
      const nowMs = mode === "once" ? startedAtMs : ports.clock.now();
      const failure = isPaused ? undefined : await lookAll(now, nowMs);
      if (mode === "once" && failure !== undefined) throw failure;
      say(failure?.facts);
      request.onLook?.();
      if (mode === "once" && now.every(isIdle)) break;
      // One that takes what was due at its start has nothing to hurry for, nor has one that could not look.
      const hurries = mode === "until-stopped" && failure === undefined && !isPaused;
      await alarm.wait(hurries ? Math.min(...now.map(({ nextDueMs }) => nextDueMs)) : Infinity);
    }
  } finally {
    await Promise.all([...all].map(({ running }) => Promise.all(running)));
  }
  return exitCodes;
}

/** The keepers of the entries that there are now: each lives as long as its entry. */
function keeperOfEach(
  { entries }: ScheduleRequest,
  keeperFor: (entry: ScheduledEntry) => SlotKeeper,
): () => readonly SlotKeeper[] {
  let known = new Map<ScheduledEntry, SlotKeeper>();
  return () => {
    const now = entries();
    known = new Map(now.map((entry) => [entry, known.get(entry) ?? keeperFor(entry)]));
    return [...known.values()];
  };
}

/** Each entry looks, whatever befalls another. */
async function lookAll(keepers: readonly SlotKeeper[], nowMs: number): Promise<Failure | undefined> {
  let failure: Failure | undefined;
  for (const keeper of keepers) {
    try {
      await keeper.look(nowMs);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failure ??= error;
    }
  }
  return failure;
}

interface Alarm {
  /** Until the next look: a few seconds at most, less where a slot is due before, or where a run ends. */
  wait(dueMs: number): Promise<void>;
  ring(): void;
}

function newAlarm({ everyMs, signal }: ScheduleRequest, { clock }: SchedulePorts): Alarm {
  let bell = new AbortController();
  const ring = (): void => bell.abort();
  return {
    ring,
    wait: async (dueMs) => {
      signal.addEventListener("abort", ring, { once: true });
      const waitMs = Math.min(everyMs, Math.max(1, dueMs - clock.now()));
      if (!signal.aborted) await clock.sleep(waitMs, bell.signal).catch(() => undefined);
      signal.removeEventListener("abort", ring);
      bell = new AbortController();
    },
  };
}

/** Says a trouble once, however many looks it lasts. */
function newTroubles(tell: ScheduleRequest["tell"]): (failure: FailureFacts | undefined) => void {
  let last: string | undefined;
  return (failure) => {
    if (failure !== undefined && failure.message !== last) tell({ type: "look-failed", failure });
    last = failure?.message;
  };
}
