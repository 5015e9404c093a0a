import { assert, unreachable } from "../base/assert.ts";
import type { JobEvent } from "./event.ts";
import type { JobState, TurnState } from "./state.ts";

type TurnEvent = Extract<JobEvent, { type: `turn-${string}` }>;

const untouched: TurnState = {
  status: "not-sent",
  attempts: 0,
  refusals: 0,
  draftBefore: "none",
  sentAtMs: 0,
  overlapped: false,
  texts: [],
  adopted: false,
  cost: 0,
  costUnknown: false,
};

/** What a turn's event changes. */
export function applyTurnEvent(state: JobState, event: TurnEvent): JobState {
  const turn = state.turns.get(event.key) ?? untouched;
  switch (event.type) {
    case "turn-sending":
      return withTurn(state, event.key, sending(turn, event));
    case "turn-not-sent": {
      assert(
        turn.status === "sending" || turn.status === "closed",
        "only a turn in flight can turn out not to be sent",
      );
      const { creditsBefore: _, ...rest } = turn;
      const refused = { attempts: turn.attempts - 1, refusals: turn.refusals + 1, failure: event.failure };
      return withTurn(state, event.key, { ...rest, ...refused, status: "not-sent" });
    }
    case "turn-closed": {
      const closed = { ...turn, status: "closed", end: event.end, texts: event.texts } as const;
      return withTurn(state, event.key, event.failure ? { ...closed, failure: event.failure } : closed);
    }
    case "turn-settled":
      return settled(state, turn, event);
    case "turn-skipped": {
      const skipped = withTurn(state, event.key, { ...turn, status: "skipped" });
      return { ...keepDraft(skipped, event.key, state.newestDraft), head: event.key };
    }
    case "turn-unknown":
      return {
        ...withTurn(state, event.key, {
          ...turn,
          status: "unknown",
          failure: event.failure,
          ...(event.changed && { changed: true }),
        }),
        status: "needs-you",
        failure: event.failure,
      };
    case "turn-resolved":
      return resolved(state, turn, event);
    default:
      return unreachable(event);
  }
}

function sending(turn: TurnState, event: Extract<TurnEvent, { type: "turn-sending" }>): TurnState {
  const { failure: _, end: __, ...rest } = turn;
  return {
    ...rest,
    status: "sending",
    attempts: turn.attempts + 1,
    draftBefore: event.draftBefore,
    creditsBefore: event.creditsBefore,
    sentAtMs: event.atMs,
    overlapped: event.overlapped,
    texts: [],
    adopted: false,
  };
}

function settled(
  state: JobState,
  turn: TurnState,
  event: Extract<TurnEvent, { type: "turn-settled" }>,
): JobState {
  const next = withTurn(state, event.key, {
    ...turn,
    status: "settled",
    changed: event.changed,
    cost: turn.cost + (event.cost ?? 0),
    costUnknown: turn.costUnknown || event.cost === undefined,
    headBefore: turn.headBefore ?? state.head,
    ...(event.openUntilMs !== undefined && { openUntilMs: event.openUntilMs }),
  });
  return { ...keepDraft(next, event.key, event.draft ?? state.newestDraft), head: event.key };
}

function resolved(
  state: JobState,
  turn: TurnState,
  event: Extract<TurnEvent, { type: "turn-resolved" }>,
): JobState {
  assert(turn.status === "unknown", "only a turn that is unknown can be resolved");
  const { failure: _, ...rest } = state;
  const { failure: __, ...known } = turn;
  switch (event.decision) {
    case "adopt":
      return { ...withTurn(rest, event.key, { ...known, status: "closed", adopted: true }), status: "going" };
    case "resend": {
      const again = { ...known, status: "not-sent", attempts: turn.attempts - 1, costUnknown: true } as const;
      return { ...withTurn(rest, event.key, again), status: "going" };
    }
    case "drop": {
      const message = "a person gave the job up: whether its last turn ran is not known";
      const hint = `a fresh take is paid anew: \`nemo-recipe retry ${state.jobId} --again\``;
      return { ...state, status: "failed", failure: { code: "turn-unknown", message, hint } };
    }
    default:
      return unreachable(event.decision);
  }
}

function withTurn(state: JobState, key: string, turn: TurnState): JobState {
  return { ...state, turns: new Map(state.turns).set(key, turn) };
}

function keepDraft(state: JobState, key: string, draft: JobState["newestDraft"]): JobState {
  if (draft === undefined) return state;
  return { ...state, newestDraft: draft, drafts: new Map(state.drafts).set(key, draft) };
}
