import type { Credits, StreamEnd } from "./event.ts";

/** One look at the session after a turn. */
export interface Observation {
  readonly atMs: number;
  /** Fingerprint of the draft; `none` where there is none. */
  readonly fingerprint: string;
  /** Absent where the balance could not be read. */
  readonly credits?: Credits;
}

/** What is known about a turn in flight, from its intent and from its stream. */
export interface TurnEvidence {
  readonly draftBefore: string;
  readonly creditsBefore?: Credits;
  readonly sentAtMs: number;
  /** When this process began to look: after a crash, long after the stream. */
  readonly lookingSinceMs: number;
  /** Absent after a crash: nobody saw how the stream ended. */
  readonly end?: StreamEnd;
  /** Other turns of the account ran meanwhile: frozen credits belong to them as well, and prove nothing. */
  readonly overlapped: boolean;
  /** The stream itself said that the turn was refused for want of credits. */
  readonly refused: boolean;
  /** The stream told of an error: that it closed behind it says less than a clean close. */
  readonly failed: boolean;
  /** A person said that the draft as it stands is this turn's result. */
  readonly adopted: boolean;
  /** A person read what the service said, and has said what comes next. */
  readonly answered: boolean;
  /** Milliseconds between two looks; equal looks closer together count once. */
  readonly pollMs: number;
  readonly turnMs: number;
  readonly changeMs: number;
}

export type Settlement =
  /** `untilMs`: all is still, and a change is waited for until then. */
  | { readonly verdict: "wait"; readonly untilMs?: number }
  /** `openUntilMs`: a person went on; until then a change, and its charge, may still follow. */
  | { readonly verdict: "unchanged"; readonly openUntilMs?: number }
  | { readonly verdict: "changed" | "unknown" };

const equalReads = 2;
/** Without the frozen credits as a witness, stillness must last longer to be believed. */
const equalReadsOverlapped = 4;

/**
 * Whether a turn is settled, by one rule however its stream ended: the state is still, and no credits are frozen
 * for it any more. A still state that has not changed is believed only after `changeMs` behind a clean close, or once
 * a person goes on, who takes it for an answer; and never behind a lost stream or while credits stay frozen: then,
 * after the whole window, nobody can know. Neither can anybody of a state that does not stand still for so long.
 */
export function settleTurn(evidence: TurnEvidence, observations: readonly Observation[]): Settlement {
  const last = observations.at(-1);
  if (last === undefined) return { verdict: "wait" };
  if (!isStill(evidence, observations)) {
    if (!isRestless(evidence, observations)) return { verdict: "wait" };
    if (!evidence.adopted) return { verdict: "unknown" };
  }
  if (last.fingerprint !== evidence.draftBefore) return { verdict: "changed" };
  if (evidence.adopted || evidence.refused) return { verdict: "unchanged" };
  if (holdsCredits(evidence, last)) return { verdict: "unknown" };
  if (evidence.end === "closed") {
    const untilMs = evidence.lookingSinceMs + evidence.changeMs;
    if (last.atMs >= untilMs) return { verdict: "unchanged" };
    const isAnswered = evidence.answered && !evidence.failed;
    return isAnswered ? { verdict: "unchanged", openUntilMs: untilMs } : { verdict: "wait", untilMs };
  }
  const windowMs = evidence.turnMs + evidence.changeMs;
  return last.atMs - evidence.sentAtMs >= windowMs ? { verdict: "unknown" } : { verdict: "wait" };
}

const readsNeeded = ({ overlapped }: TurnEvidence): number =>
  overlapped ? equalReadsOverlapped : equalReads;

/** Enough equal looks in a row, each a poll apart and none while credits are frozen for the turn. */
function isStill(evidence: TurnEvidence, observations: readonly Observation[]): boolean {
  const newest = observations.at(-1)?.fingerprint;
  const breaks = (look: Observation): boolean => look.fingerprint !== newest || isFrozen(evidence, look);
  const equal = observations.slice(observations.findLastIndex(breaks) + 1);
  return looksApart(equal, evidence.pollMs) >= readsNeeded(evidence);
}

/** How many of the looks count: those from the newest back, each a poll before the next. */
function looksApart(observations: readonly Observation[], pollMs: number): number {
  let looks = 0;
  let nextMs = Infinity;
  for (const { atMs } of observations.toReversed()) {
    if (atMs > nextMs) continue;
    looks += 1;
    nextMs = atMs - pollMs;
  }
  return looks;
}

/** True while credits are reserved that were not before the turn; past its window they are waited for no longer. */
function isFrozen(evidence: TurnEvidence, look: Observation): boolean {
  const { creditsBefore, overlapped, sentAtMs, turnMs, changeMs } = evidence;
  if (look.atMs - sentAtMs >= turnMs + changeMs) return false;
  if (look.credits === undefined) return !overlapped && creditsBefore !== undefined;
  return holdsCredits(evidence, look);
}

/** Credits are frozen that were not before, by no other turn: this one runs, or is still to be charged. */
function holdsCredits({ creditsBefore, overlapped }: TurnEvidence, { credits }: Observation): boolean {
  if (overlapped || creditsBefore === undefined || credits === undefined) return false;
  return credits.frozen > creditsBefore.frozen;
}

/**
 * Looked at for so long that it is not waited for: something in the state moves by itself. The time alone does not
 * tell: a machine that slept meanwhile, or whose clock was set, has to look more often than stillness takes.
 */
function isRestless(evidence: TurnEvidence, observations: readonly Observation[]): boolean {
  const { adopted, lookingSinceMs, turnMs, changeMs, pollMs } = evidence;
  const dueMs = lookingSinceMs + (adopted ? changeMs : turnMs + changeMs);
  const late = observations.filter(({ atMs }) => atMs >= dueMs);
  return looksApart(late, pollMs) > readsNeeded(evidence);
}

/**
 * Credits that the turn took, measured on the balance; undefined where other turns blur it (as when less is frozen
 * than before: an earlier turn was charged meanwhile), where more is frozen than before and may yet be charged, where
 * somebody topped up, and for a turn that was adopted: long after it, the balance tells of other things.
 */
export function measuredCost(
  evidence: TurnEvidence,
  observations: readonly Observation[],
): number | undefined {
  const after = observations.at(-1)?.credits;
  const before = evidence.creditsBefore;
  if (evidence.overlapped || evidence.adopted || before === undefined || after === undefined)
    return undefined;
  const cost = before.total - after.total;
  return cost < 0 || after.frozen !== before.frozen ? undefined : cost;
}

/**
 * Whether the balance is what it was, with no more credits frozen: then a turn that changed nothing took nothing,
 * whoever else was at work, because others could only have lowered it.
 */
export function costNothing(evidence: TurnEvidence, observations: readonly Observation[]): boolean {
  const after = observations.at(-1)?.credits;
  const before = evidence.creditsBefore;
  if (evidence.adopted || before === undefined || after === undefined) return false;
  return after.total === before.total && after.frozen === before.frozen;
}

/** Whether a turn that ended in an error and whose cost cannot be measured may still show that it ran. */
export function mayShowLater(
  { failed, refused, sentAtMs, turnMs, changeMs }: TurnEvidence,
  atMs: number,
): boolean {
  return failed && !refused && atMs - sentAtMs < turnMs + changeMs;
}
