import { Failure } from "../base/failure.ts";
import { newsOf } from "../base/news-of.ts";
import type { Slot } from "../base/slot.ts";
import { decideSlot } from "./decide-slot.ts";
import { givenBack, type GivenBack } from "./given-back.ts";
import { lineUp, type WaitingSlot } from "./line-up.ts";
import type { JobLock, SlotRunEnd } from "./ports.ts";
import type { SchedulePorts, ScheduleRequest } from "./schedule-request.ts";
import type { DueNow, ScheduledEntry } from "./scheduled-entry.ts";

/** Looks after the slots of one entry. */
export interface SlotKeeper {
  /** Decides what is due now and begins what may begin. Throws a Failure where the journal does. */
  look(nowMs: number): Promise<void>;
  /** When the next slot is due; Infinity: never. Before the first look it is not known. */
  readonly nextDueMs: number;
  readonly running: ReadonlySet<Promise<void>>;
}

export interface KeeperWorld extends SchedulePorts {
  readonly request: Pick<ScheduleRequest, "startSlotRun" | "tell" | "mode" | "signal">;
  readonly onRunEnd: (exitCode: number) => void;
}

const freshMs = 60_000;

/**
 * Owns: what waits of one entry, up to which instant slots are dealt with, the runs that it began, what it gave back.
 * Talks to: the journal, the clock.
 * Invariants: slots are decided in their order, so that the last one decided tells where to go on; but for
 * `parallel`, a run holds the entry's lock, which the kernel gives back when the process dies.
 */
export function slotKeeper(entry: ScheduledEntry, world: KeeperWorld): SlotKeeper {
  const { journal, request } = world;
  const running = new Set<Promise<void>>();
  let waiting: readonly WaitingSlot[] = [];
  let sinceMs: number | undefined;
  let nextDueMs: number | undefined;
  let lastLookMs = -Infinity;
  const isNewlyWaiting = newsOf();
  const back = givenBack(entry);

  const take = async (fromMs: number, nowMs: number): Promise<number> => {
    const due = entry.due({ sinceMs: fromMs, nowMs });
    if (due === undefined) return fromMs;
    await tellMissed(due, entry, world);
    const line = lineUp(waiting, due.start);
    for (const slot of line.dropped)
      if (await journal.decideSlot(slot, "skipped")) request.tell({ type: "slot-skipped", slot });
    waiting = line.waiting;
    nextDueMs = undefined;
    return due.throughMs;
  };
  const begin = (slot: Slot, lock?: JobLock): void => {
    const former = back.formerExitCode(slot);
    const run: Promise<void> = runSlot(slot, world, { lock, former }).then(({ exitCode, isGivenBack }) => {
      running.delete(run);
      if (isGivenBack === true && back.take(slot, { exitCode, nowMs: world.clock.now() }))
        request.tell({ type: "slot-given-back", slot, exitCode });
      world.onRunEnd(exitCode);
    });
    running.add(run);
  };
  /** False where it has to wait. */
  const decide = async (one: WaitingSlot): Promise<boolean> => {
    const { slot } = one;
    const decision = await decideSlot(one, world);
    if (decision.verdict === "begin") begin(slot, decision.lock);
    if (decision.verdict === "skipped") request.tell({ type: "slot-skipped", slot });
    if (decision.verdict !== "busy") return true;
    if (isNewlyWaiting(slot.slotId)) request.tell({ type: "slot-waiting", slot });
    return false;
  };

  return {
    look: async (nowMs) => {
      // The clock was set back: what was decided is in the journal, and all else is due again in its time.
      if (nowMs < lastLookMs) {
        [sinceMs, nextDueMs, waiting] = [undefined, undefined, []];
        back.reset();
      }
      lastLookMs = nowMs;
      // Who asks once waits for nothing, and tries nothing again.
      if (request.mode === "until-stopped" && nowMs < back.notBeforeMs) return;
      const backFromMs = request.mode === "once" ? undefined : back.countsFrom();
      if (backFromMs !== undefined)
        [sinceMs, nextDueMs, waiting] = [Math.min(sinceMs ?? Infinity, backFromMs), undefined, []];
      sinceMs ??= await slotsCountFrom(entry, { world, nowMs, back });
      if (nextDueMs === undefined || nextDueMs <= nowMs) sinceMs = await take(sinceMs, nowMs);
      nextDueMs ??= entry.nextDueMs(sinceMs) ?? Infinity;
      for (let [first] = waiting; first !== undefined && !request.signal.aborted; [first] = waiting) {
        if (!(await decide(first))) break;
        waiting = waiting.slice(1);
      }
    },
    get nextDueMs() {
      const dueMs = nextDueMs ?? -Infinity;
      return request.mode === "once" ? dueMs : Math.max(dueMs, back.notBeforeMs);
    },
    running,
  };
}

/**
 * From the last slot that was decided on; for an entry that nobody has seen before, from now, and a mark is left. Who
 * asks once in a while comes behind the slot's time, and has the minute that a slot counts as fresh.
 */
async function slotsCountFrom(
  entry: ScheduledEntry,
  {
    world: { journal, request },
    nowMs,
    back,
  }: { readonly world: KeeperWorld; readonly nowMs: number; readonly back: GivenBack },
): Promise<number> {
  const last = await journal.lastSlot(entry.entry, nowMs);
  if (last?.fate === "seen" && last.exitCode !== undefined) back.remember(last.slotId, last.exitCode);
  if (last !== undefined) return last.atMs;
  const isPassing = request.mode === "once";
  const fromMs = isPassing ? nowMs - freshMs : nowMs;
  await journal.decideSlot(entry.slotAt(fromMs), "seen");
  const nextMs = entry.nextAtMs(nowMs);
  if (isPassing && nextMs !== undefined) request.tell({ type: "first-seen", next: entry.slotAt(nextMs) });
  return fromMs;
}

/** Where none is started, the last one missed is the mark from which the next look goes on. */
async function tellMissed(
  due: DueNow,
  entry: ScheduledEntry,
  { journal, request }: KeeperWorld,
): Promise<void> {
  if (due.missed === undefined) return;
  const { firstMs, lastMs, count, isMore } = due.missed;
  const [first, last] = [entry.slotAt(firstMs), entry.slotAt(lastMs)];
  if (due.start.length > 0 || (await journal.decideSlot(last, "missed")))
    request.tell({ type: "slots-missed", first, last, count, isMore });
}

async function runSlot(
  slot: Slot,
  { journal, request }: KeeperWorld,
  { lock, former }: { readonly lock: JobLock | undefined; readonly former: number | undefined },
): Promise<SlotRunEnd> {
  let hasBegun = false;
  const onBegin = (): void => {
    if (!hasBegun) request.tell({ type: "slot-started", slot });
    hasBegun = true;
  };
  const start = { onBegin, ...(former !== undefined && { formerExitCode: former }) };
  let end = await request.startSlotRun(slot, start);
  try {
    await journal.finishSlot(slot, end);
  } catch (error) {
    // The run is over: at most a slot that may begin again hangs on this record. The next one meets the same trouble.
    if (!(error instanceof Failure)) throw error;
    end = { exitCode: end.exitCode };
  } finally {
    await lock?.release();
  }
  if (end.isGivenBack === true) return end;
  onBegin();
  request.tell({ type: "slot-finished", slot, exitCode: end.exitCode });
  return end;
}
