// Owns: how much was typed when the service's words were shown. Talks to: the ear. Invariants: only what was typed
// behind those words counts, so that nobody goes on from what they have not read.
import type { Ear } from "./open-ear.ts";

/**
 * Whether a person goes on from an answer in words. A change may still follow such an answer, and is waited for; who
 * types the next message says that it is the answer, and the ledger keeps in mind that more may come.
 */
export interface GoingOn {
  /** The service's words are on the screen. */
  offer(): void;
  isOffered(): boolean;
  /** Something was typed behind them. */
  isOver(): boolean;
  /** The turn is settled. */
  end(): void;
}

export function goingOn({ waiting, isTerminal }: Pick<Ear, "waiting" | "isTerminal">): GoingOn {
  let typedBefore: number | undefined;
  return {
    offer: () => void (typedBefore = isTerminal ? waiting().length : undefined),
    isOffered: () => typedBefore !== undefined,
    isOver: () => typedBefore !== undefined && waiting().length > typedBefore,
    end: () => void (typedBefore = undefined),
  };
}
