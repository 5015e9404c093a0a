// Owns: the life of a turn after its acceptance. Talks to: accounts, sessions, the ledger, through the backend.
// Invariants: an accepted turn always settles, whoever listens; its price is frozen from here until then.
import type { Backend } from "../backend.ts";
import type { Draft } from "../draft.ts";
import { chance } from "../faults/chance.ts";
import type { Met } from "../faults/plan-faults.ts";
import type { Answer } from "../prompt/answer-prompt.ts";
import { randomName } from "../state/random-id.ts";
import type { Session, TurnRecord } from "../state/sessions.ts";

export interface RunningTurn {
  record: TurnRecord;
  answer: Answer;
  /** The draft is there, the second stage is not. */
  worked: Promise<void>;
}

export interface TurnOrder {
  backend: Backend;
  session: Session;
  text: string;
  answer: Answer;
  faults: Met;
}

/** Freezes the price and starts the work; `undefined` when there are too few credits. */
export function acceptTurn(order: TurnOrder): RunningTurn | undefined {
  const { backend, session, answer, faults } = order;
  if (!backend.accounts.freeze(session.userId, answer.price)) return undefined;
  const nth = session.turns.length;
  const record: TurnRecord = {
    id: randomName("turn_"),
    sessionId: session.id,
    userId: session.userId,
    text: order.text,
    acceptedAtMs: Date.now(),
    charge: answer.price,
    outcome: answer.outcome,
    silent: isSilent(order, nth),
  };
  session.turns.push(record);
  backend.ledger.turns.push(record);
  backend.sessions.save(session);
  const worked = work(order, record, faults);
  return { record, answer, worked };
}

/** About 30 % of edits close without a word; which ones is settled by the seed. */
function isSilent(order: TurnOrder, nth: number): boolean {
  if (order.faults.has("silent")) return true;
  if (order.faults.has("talkative") || order.answer.outcome !== "edited") return false;
  return chance(`${order.backend.faults.seed}:silent:${nth}:${order.text}`) < 0.3;
}

async function work(order: TurnOrder, record: TurnRecord, faults: Met): Promise<void> {
  const { backend, session, answer } = order;
  const shareOfWork = answer.outcome === "built" ? 1 : 1 / 3;
  await backend.waiting.wait(backend.workMs * shareOfWork);
  addVersion(backend, session, answer.draft);
  if (answer.finished === undefined || faults.has("early-release")) settle(backend, session, record);
  if (answer.finished === undefined) return;
  const laterMs = Number(faults.get("second-stage") ?? backend.secondStageMs);
  void backend.waiting.wait(laterMs).then(() => {
    addVersion(backend, session, answer.finished);
    settle(backend, session, record);
  });
}

/** Ends the turns that ran when the backend was last closed: what was accepted is done and paid. */
export function settleLeftTurns(backend: Backend, again: (session: Session, text: string) => Answer): void {
  for (const session of backend.sessions.all()) {
    for (const record of session.turns.filter(({ settledAtMs }) => settledAtMs === undefined)) {
      const answer = again(session, record.text);
      addVersion(backend, session, answer.finished ?? answer.draft);
      settle(backend, session, record);
    }
  }
}

function addVersion(backend: Backend, session: Session, draft: Draft | undefined): void {
  if (draft === undefined) return;
  session.versions.push({ atMs: Date.now(), draft });
  backend.sessions.save(session);
}

function settle(backend: Backend, session: Session, record: TurnRecord): void {
  if (record.settledAtMs !== undefined) return;
  record.settledAtMs = Date.now();
  backend.accounts.charge(session.userId, record.charge);
  backend.sessions.save(session);
}
