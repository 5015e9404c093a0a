import type { NewId } from "../base/ids.ts";
import type { Hash } from "../base/hash.ts";
import { assert } from "../base/assert.ts";
import type { Action } from "../job/action.ts";
import type { JobEvent, Signal } from "../job/event.ts";
import type { JobState } from "../job/state.ts";
import type { Clock, Files, NemoService, SessionRef } from "./ports.ts";
import type { RetryBudget } from "./retry-budget.ts";
import type { MoneyRules } from "./run-request.ts";
import type { TurnsInFlight } from "./turns-in-flight.ts";

/** What performing an action may use of the world. */
export interface JobContext {
  readonly service: NemoService;
  readonly files: Files;
  readonly clock: Clock;
  readonly hash: Hash;
  readonly newId: NewId;
  /** A number from 0 to 1, for jitter. */
  readonly chance: () => number;
  /** Aborted by Ctrl-C: no new turns; what runs is left to the service. */
  readonly signal: AbortSignal;
  readonly tell: (signal: Signal) => void;
  readonly turnsInFlight: TurnsInFlight;
  readonly retryBudget: RetryBudget;
  /** Hashes of what we put at a path before. */
  readonly placedBefore: (path: string) => Promise<readonly string[]>;
  readonly money: MoneyRules;
  /** True where a turn of another process or life may have been charged since the job's newest sending. */
  readonly isBlurred: () => Promise<boolean>;
  /** True once a person has read what the service said last, and has said what comes next. */
  readonly isAnswered: () => boolean;
  /** No turn is sent, and nothing is prepared for one. */
  readonly isFree: boolean;
  /** `--overwrite`: whatever stands at an output path may go. */
  readonly overwrite: boolean;
}

/**
 * The effect of one action, as the events it leads to. The loop records each event durably before it asks for the
 * next one, so that what stands before a `yield` of an intent and what stands behind it are never swapped.
 */
export type Performance = AsyncGenerator<JobEvent, void, void>;

export type ActionOf<Type extends Action["type"]> = Extract<Action, { type: Type }>;

/** The session of a job that has one, with the skill that its calls are attributed to. */
export function sessionOf(state: JobState): SessionRef {
  assert(state.session !== undefined, "this action needs a session");
  return { ...state.session, skill: state.plan.skill };
}
