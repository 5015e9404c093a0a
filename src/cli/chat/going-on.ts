// Owns: how much was typed when the service's words were shown, and whether they ask. Talks to: the ear. Invariants:
// only what was typed behind those words counts, so that nobody goes on from what they have not read; and of that only
// what needs the turn to be settled.
import { agentText } from "../../report/agent-text.ts";
import type { Ear } from "./open-ear.ts";
import { route } from "./route.ts";
import { isLook } from "./wish.ts";

/**
 * Whether a person goes on from an answer in words. A change may still follow such an answer, and is waited for; who
 * types the next message says that it is the answer, and the ledger keeps in mind that more may come.
 */
export interface GoingOn {
  /** The service has said this, as far as it said anything. */
  offer(texts: readonly string[]): void;
  isOffered(): boolean;
  /** What it said last asks something: a bare yes or no may be the answer. */
  isAsked(): boolean;
  /** Something was typed behind them. */
  isOver(): boolean;
  /** The turn is settled. */
  end(): void;
}

export function goingOn({ waiting, isTerminal }: Pick<Ear, "waiting" | "isTerminal">): GoingOn {
  let typedBefore: number | undefined;
  let isAsked = false;
  return {
    offer(texts) {
      const said = texts.map(agentText).filter((text) => text !== "");
      isAsked = said.some((text) => /[?？]|\byes\b|是否/i.test(text));
      if (said.length > 0 && isTerminal) typedBefore = waiting().length;
    },
    isOffered: () => typedBefore !== undefined,
    isAsked: () => isAsked,
    isOver: () =>
      typedBefore !== undefined &&
      waiting()
        .slice(typedBefore)
        .some((message) => isNext(message, isAsked)),
    end: () => void (typedBefore = undefined),
  };
}

/** False for what only looks, and for what is not sent. */
function isNext(message: string, isAsked: boolean): boolean {
  if (message.trim() === "") return false;
  const { to } = route(message);
  if (to === "yes-or-no") return isAsked;
  return !isLook(to) && to !== "unknown" && to !== "unsure";
}
