import { reserveWithoutHistory } from "../plan/estimate.ts";
import type { TurnStep } from "../plan/planned-job.ts";
import type { JobEvent } from "./event.ts";

/**
 * What is known of the cost of one sending of a turn. `reserved`: in flight, or to be settled later. `unknown`: it
 * waits for a person. `settled`: over; without a measured cost it counts as its reserve. `released`: never sent.
 */
export type SpendState = "reserved" | "unknown" | "settled" | "released";

/** Credits, by what is known of them. All three count in a budget. */
export interface Spending {
  readonly measured: number;
  /** Set aside for turns that are over and whose cost could not be measured. */
  readonly unmeasured: number;
  /** Set aside for turns that are in flight, or that nobody has settled yet. */
  readonly reserved: number;
}

export const noSpending: Spending = { measured: 0, unmeasured: 0, reserved: 0 };

/** What an event changes: a sending begins, or something becomes known of the newest one of the turn with that key. */
export type SpendChange =
  | {
      readonly type: "begin";
      readonly key: string;
      readonly attempt: number;
      readonly turn?: TurnStep["turn"];
      readonly reserved: number;
    }
  | {
      readonly type: "change";
      readonly key: string;
      readonly state: SpendState;
      readonly measured?: number;
      /** It may be charged until then, where that is later than the event. */
      readonly openUntilMs?: number;
    };

/** Undefined where the event says nothing of money. */
export function spendChange(event: JobEvent): SpendChange | undefined {
  switch (event.type) {
    case "turn-sending": {
      const { key, attempt, turn, reserved = reserveWithoutHistory } = event;
      return { type: "begin", key, attempt, reserved, ...(turn && { turn }) };
    }
    case "turn-not-sent":
      return { type: "change", key: event.key, state: "released" };
    case "turn-settled": {
      const { key, cost, openUntilMs } = event;
      const known = {
        ...(cost !== undefined && { measured: cost }),
        ...(openUntilMs !== undefined && { openUntilMs }),
      };
      return { type: "change", key, state: "settled", ...known };
    }
    case "turn-unknown":
      return { type: "change", key: event.key, state: "unknown" };
    case "turn-resolved":
      // Sent again, this sending stays what it is: one that may have been paid. The next one has its own reserve.
      return { type: "change", key: event.key, state: event.decision === "adopt" ? "reserved" : "settled" };
    default:
      return undefined;
  }
}

/** The whole of a spending as budgets count it. */
export function countedCredits({ measured, unmeasured, reserved }: Spending): number {
  return measured + unmeasured + reserved;
}

/** One more sending. */
export function addSpending(
  sum: Spending,
  one: { readonly state: SpendState; readonly reserved: number; readonly measured?: number | undefined },
): Spending {
  if (one.state === "released") return sum;
  if (one.state !== "settled") return { ...sum, reserved: sum.reserved + one.reserved };
  if (one.measured === undefined) return { ...sum, unmeasured: sum.unmeasured + one.reserved };
  return { ...sum, measured: sum.measured + one.measured };
}
