import { Failure, type FailureFacts } from "../../base/failure.ts";
import type { FailureNote } from "../../job/event.ts";
import { noteOf } from "../../job/note-of.ts";
import { hasOpenTurn, mayHavePaid, type JobState } from "../../job/state.ts";
import { sessionOf, type ActionOf, type JobContext, type Performance } from "../job-context.ts";
import type { SessionRef, TurnClose } from "../ports.ts";
import { retryDelayMs, retrySafely } from "../retry-safely.ts";

/**
 * The one action that costs money. Its intent, with all that is needed to find out later whether it ran, is on disk
 * before the first byte leaves; and whatever happens behind that, this function sends once.
 */
export async function* sendTurn(
  state: JobState,
  action: ActionOf<"send-turn">,
  context: JobContext,
): Performance {
  const { step, attempt } = action;
  const session = sessionOf(state);
  await waitAfterRefusal(state, step.key, context);
  const before = await snapshot(state, session, context).catch((error: unknown) => unpaidLoss(error, state));
  if (before === undefined) {
    yield { type: "session-forgotten" };
    return;
  }
  context.signal.throwIfAborted();
  context.turnsInFlight.begin(state.jobId);
  const atMs = context.clock.now();
  yield {
    type: "turn-sending",
    key: step.key,
    attempt,
    turn: step.turn,
    reserved: context.money.reserveFor(state.plan, step),
    promptHash: context.hash(step.prompt),
    draftBefore: before.draft,
    creditsBefore: before.credits,
    atMs,
    overlapped: context.turnsInFlight.hasOverlapped(state.jobId) || hasOpenTurn(state, atMs),
  };
  if (context.signal.aborted) {
    context.turnsInFlight.end(state.jobId);
    yield {
      type: "turn-not-sent",
      key: step.key,
      failure: { code: "interrupted", message: "stopped before sending" },
    };
    return;
  }
  try {
    const close = await listen(state, action, context);
    const failure = close.failure && noteWithDelay(close.failure);
    yield {
      type: "turn-closed",
      key: step.key,
      end: close.end,
      texts: close.texts,
      ...(failure && { failure }),
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.facts.code === "interrupted" && error.facts.sent !== "not-sent") throw error;
    yield* settleFailure(state, { key: step.key, facts: error.facts, context });
  }
}

async function listen(
  state: JobState,
  { step }: ActionOf<"send-turn">,
  context: JobContext,
): Promise<TurnClose> {
  const { timeouts } = state.plan.settings;
  const request = { session: sessionOf(state), prompt: step.prompt, timeouts, onSignal: context.tell };
  return context.service.runTurn(request, { signal: context.signal });
}

/** A session that is gone before anything was paid in it costs only its uploads. */
function unpaidLoss(error: unknown, state: JobState): undefined {
  if (error instanceof Failure && error.facts.code === "session-lost" && !mayHavePaid(state))
    return undefined;
  throw error;
}

/** Draft and balance as they stand before the turn: what is compared with afterwards. */
async function snapshot(
  state: JobState,
  session: SessionRef,
  context: JobContext,
): Promise<{
  readonly draft: string;
  readonly credits: Awaited<ReturnType<JobContext["service"]["credits"]>>;
}> {
  const { retry } = state.plan.settings;
  const options = { signal: context.signal };
  await checkAccount(state, context);
  const draft = await retrySafely(() => context.service.readDraft(session, options), retry, context).catch(
    (error: unknown) => sayOtherAccount(error, state, context),
  );
  const credits = await retrySafely(() => context.service.credits(options), retry, context);
  return { draft: draft?.fingerprint ?? "none", credits };
}

/**
 * Where the account is no longer the one that opened the session, its work is out of reach and must not be paid on. A
 * registered account has many tokens and says no id: there the session itself tells, by being found or not.
 */
async function checkAccount(state: JobState, { service }: JobContext): Promise<void> {
  const { id, kind } = await service.account();
  if (id !== state.plan.account && kind === "anonymous") throw accountChanged();
}

async function sayOtherAccount(error: unknown, state: JobState, { service }: JobContext): Promise<never> {
  const isLost = error instanceof Failure && error.facts.code === "session-lost";
  if (isLost && (await service.account()).id !== state.plan.account) throw accountChanged();
  throw error;
}

function accountChanged(): Failure {
  return new Failure({
    code: "account-changed",
    message: "the token belongs to another account than the one that this job began with",
    hint: "set NEMO_TOKEN (or unset it) as it was when the job began, and go on with `nemo-recipe resume`",
    sent: "rejected",
  });
}

/** A turn that was certainly not sent may be sent again, after the delay that its refusal asks for. */
async function waitAfterRefusal(state: JobState, key: string, context: JobContext): Promise<void> {
  const turn = state.turns.get(key);
  if (turn === undefined || turn.refusals === 0 || turn.failure === undefined) return;
  const policy = state.plan.settings.retry;
  const delayMs = retryDelayMs(turn.failure, turn.refusals, { policy, chance: context.chance });
  context.tell({ type: "retrying", attempt: turn.refusals, delayMs, failure: turn.failure });
  await context.clock.sleep(delayMs, context.signal);
}

/** The call failed: what may have reached the service is looked for there, never sent again. */
async function* settleFailure(
  state: JobState,
  {
    key,
    facts,
    context,
  }: { readonly key: string; readonly facts: FailureFacts; readonly context: JobContext },
): Performance {
  const failure = noteWithDelay(facts);
  if (facts.sent === "maybe-sent") {
    yield { type: "turn-closed", key, end: "lost", texts: [], failure };
    return;
  }
  context.turnsInFlight.end(state.jobId);
  yield { type: "turn-not-sent", key, failure };
  if (facts.code === "session-lost" && !mayHavePaid(state)) yield { type: "session-forgotten" };
  else if (!maySendAgain(state, key, facts)) yield { type: "job-failed", ...failure };
}

function maySendAgain(state: JobState, key: string, facts: FailureFacts): boolean {
  if (facts.sent === "not-sent") return true;
  if (facts.code === "rate-limited") return (state.turns.get(key)?.refusals ?? 0) === 0;
  return facts.code === "unauthorized" && facts.transient === true && !mayHavePaid(state);
}

function noteWithDelay(facts: FailureFacts): FailureNote {
  const { retryAfterMs } = facts;
  return { ...noteOf(facts), ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
