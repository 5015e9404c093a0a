import { assert } from "../../base/assert.ts";
import { formatDuration } from "../../base/duration.ts";
import { Failure } from "../../base/failure.ts";
import type { FailureNote, JobEvent, StreamEnd } from "../../job/event.ts";
import type { Draft } from "../../job/media.ts";
import {
  costNothing,
  mayShowLater,
  measuredCost,
  settleTurn,
  type Observation,
  type TurnEvidence,
} from "../../job/settle-turn.ts";
import type { JobState, TurnState } from "../../job/state.ts";
import { waitReminder } from "./wait-reminder.ts";
import { sessionOf, type ActionOf, type JobContext, type Performance } from "../job-context.ts";

/** The rule looks at a handful of the newest reads only. */
const keptObservations = 16;

/** Who waits for less hardly asks what for. */
const worthAWordMs = 10_000;

/** What was seen of a session while a turn settled. */
interface Sight {
  readonly verdict: "changed" | "unchanged" | "unknown";
  readonly draft?: Draft;
  readonly newest?: Observation;
  readonly cost?: number;
  /** A person went on: see the event. */
  readonly openUntilMs?: number;
}

/**
 * Finds out at the service what became of a turn: the same way after a clean close, a lost stream and a crash.
 * Reads only. Where the service cannot be read, the turn stays in flight and a later process looks again.
 */
export async function* reconcileTurn(
  state: JobState,
  { step }: ActionOf<"reconcile-turn">,
  context: JobContext,
): Performance {
  const turn = state.turns.get(step.key);
  assert(turn !== undefined, "a turn in flight has a state");
  context.turnsInFlight.begin(state.jobId);
  context.tell({ type: "turn-waiting", prompt: step.prompt });
  if (turn.end !== "closed" && !turn.adopted) tellOfTheWait(state, context);
  const sight = await watchSession(state, evidenceOf(state, step.key, context), context).catch(lostSession);
  context.turnsInFlight.end(state.jobId);
  if (sight === "lost")
    yield { type: "turn-unknown", key: step.key, failure: unknownNote(state, "has forgotten the session") };
  else yield* conclude(state, { key: step.key, turn, sight });
}

/** What became of the turn, as the sight of its session tells. */
function* conclude(
  state: JobState,
  { key, turn, sight }: { readonly key: string; readonly turn: TurnState; readonly sight: Sight },
): Generator<JobEvent, void, void> {
  if (sight.verdict === "unknown") {
    const isRestless = sight.newest !== undefined && sight.newest.fingerprint !== turn.draftBefore;
    const why = isRestless ? "shows a video that never stood still" : "does not show whether the prompt ran";
    const note = unknownNote(state, why, turn.end);
    yield { type: "turn-unknown", key, failure: note, ...(isRestless && { changed: true }) };
    return;
  }
  const failure = sight.verdict === "unchanged" ? turn.failure : undefined;
  if (failure !== undefined && sight.cost === undefined) {
    yield { type: "turn-unknown", key, failure: blurredNote(state, failure.message) };
    return;
  }
  if (failure !== undefined && sight.cost === 0) {
    yield { type: "turn-not-sent", key, failure };
    // A stream that said so late: as for an answer that says so at once, one more time after its delay.
    const maySendAgain = failure.code === "rate-limited" && turn.refusals === 0;
    if (!maySendAgain) yield { type: "job-failed", ...failure };
    return;
  }
  yield {
    type: "turn-settled",
    key,
    changed: sight.verdict === "changed",
    ...(sight.draft && { draft: sight.draft }),
    ...(sight.cost !== undefined && { cost: sight.cost }),
    ...(sight.newest?.credits && { creditsAfter: sight.newest.credits }),
    ...(sight.openUntilMs !== undefined && { openUntilMs: sight.openUntilMs }),
  };
  if (failure !== undefined) yield { type: "job-failed", ...failure };
}

function evidenceOf(state: JobState, key: string, context: JobContext): TurnEvidence {
  const turn = state.turns.get(key);
  assert(turn !== undefined, "a turn in flight has a state");
  const { timeouts, poll } = state.plan.settings;
  return {
    draftBefore: turn.draftBefore,
    ...(turn.creditsBefore && { creditsBefore: turn.creditsBefore }),
    sentAtMs: turn.sentAtMs,
    lookingSinceMs: context.clock.now(),
    ...(turn.end && { end: turn.end }),
    overlapped: turn.overlapped || context.turnsInFlight.hasOverlapped(state.jobId),
    refused: turn.failure?.code === "no-credits",
    failed: turn.failure !== undefined,
    adopted: turn.adopted,
    answered: false,
    pollMs: poll.stateMs,
    turnMs: timeouts.turnMs,
    changeMs: timeouts.changeMs,
  };
}

async function watchSession(state: JobState, start: TurnEvidence, context: JobContext): Promise<Sight> {
  let observations: Observation[] = [];
  let lastSeenMs = start.lookingSinceMs;
  const tellUnchanged = once((untilMs) => {
    const leftMs = untilMs - context.clock.now();
    if (leftMs >= worthAWordMs) context.tell({ type: "turn-unchanged", leftMs });
  });
  const remind = waitReminder(start, context);
  for (;;) {
    const unseenMs = context.clock.now() - lastSeenMs;
    const look = await observe(state, { unseenMs, evidence: start, context });
    if (look !== undefined) {
      lastSeenMs = look.observation.atMs;
      observations = observations.concat(look.observation).slice(-keptObservations);
      const sight = await judge(state, { start, observations, look, context, tellUnchanged });
      if (sight !== undefined) return sight;
    }
    await context.clock.sleep(start.pollMs, context.signal);
    remind();
  }
}

function once(tell: (untilMs: number) => void): (untilMs: number) => void {
  let isTold = false;
  return (untilMs) => {
    if (!isTold) tell(untilMs);
    isTold = true;
  };
}

interface Judging {
  readonly start: TurnEvidence;
  readonly observations: readonly Observation[];
  readonly look: Look;
  readonly context: JobContext;
  readonly tellUnchanged: (untilMs: number) => void;
}

/**
 * What the looks so far amount to; undefined while they do not suffice. Other turns of the account may run in other
 * processes: the journal knows, and is asked before frozen credits are believed.
 */
async function judge(
  state: JobState,
  { start, observations, look, context, tellUnchanged }: Judging,
): Promise<Sight | undefined> {
  const overlapped = start.overlapped || context.turnsInFlight.hasOverlapped(state.jobId);
  const evidence = { ...start, overlapped, answered: context.isAnswered() };
  const first = settleTurn(evidence, observations);
  if (first.verdict === "wait") {
    if (first.untilMs !== undefined) tellUnchanged(first.untilMs);
    return undefined;
  }
  const isBlurred = await context.isBlurred();
  const settlement = settleTurn({ ...evidence, overlapped: overlapped || isBlurred }, observations);
  const { verdict } = settlement;
  if (verdict === "wait") return undefined;
  if (verdict === "unchanged" && settlement.openUntilMs !== undefined)
    return { ...sightOf(verdict, look, undefined), openUntilMs: settlement.openUntilMs };
  if (verdict === "unchanged" && costNothing(evidence, observations)) return sightOf(verdict, look, 0);
  const cost = isBlurred ? undefined : measuredCost(evidence, observations);
  if (verdict === "unchanged" && cost === undefined && mayShowLater(evidence, look.observation.atMs))
    return undefined;
  return sightOf(verdict, look, cost);
}

function sightOf(verdict: Sight["verdict"], look: Look, cost: number | undefined): Sight {
  const { draft, observation } = look;
  return { verdict, newest: observation, ...(draft && { draft }), ...(cost !== undefined && { cost }) };
}

interface Look {
  readonly observation: Observation;
  readonly draft?: Draft;
}

/** One look; undefined where the service could not be read just now. Throws once it has been unreadable too long. */
async function observe(
  state: JobState,
  { unseenMs, evidence, context }: { unseenMs: number; evidence: TurnEvidence; context: JobContext },
): Promise<Look | undefined> {
  const options = { signal: context.signal };
  try {
    const draft = await context.service.readDraft(sessionOf(state), options);
    const credits = await context.service.credits(options);
    const observation = { atMs: context.clock.now(), fingerprint: draft?.fingerprint ?? "none", credits };
    return draft === undefined ? { observation } : { observation, draft };
  } catch (error) {
    const passing =
      error instanceof Failure && isPassing(error) && unseenMs < evidence.turnMs + evidence.changeMs;
    if (!passing) throw error;
    return undefined;
  }
}

function isPassing({ facts }: Failure): boolean {
  // A page in place of an answer, as of a network that asks to sign in, passes as well.
  const passing = facts.code === "rate-limited" || facts.code === "bad-answer";
  return passing || facts.transient === true || facts.sent === "not-sent";
}

/** A wait of minutes that nobody explains looks like a program that hangs. */
function tellOfTheWait(state: JobState, { tell }: JobContext): void {
  const { turnMs, changeMs } = state.plan.settings.timeouts;
  tell({
    type: "warning",
    message: `nobody heard the end of this turn: looking at the session for what became of it, up to ${formatDuration(turnMs + changeMs)}`,
    hint: "nothing is sent twice; Ctrl-C leaves it, and `nemo-recipe resume` looks again",
  });
}

/** Without its session a turn can never be looked for: then a person decides. */
function lostSession(error: unknown): "lost" {
  if (error instanceof Failure && error.facts.code === "session-lost") return "lost";
  throw error;
}

const unknownNote = (state: JobState, why: string, end?: StreamEnd): FailureNote =>
  parked(
    state,
    `${end === "closed" ? "the turn's stream ended" : "the connection was lost during paid work"}, and the service ${why}`,
  );

/** The service refused in the middle of a stream, and nothing shows whether it charged before. */
const blurredNote = (state: JobState, said: string): FailureNote =>
  parked(state, `${said} The balance does not show whether this turn was charged: others ran meanwhile`);

function parked(state: JobState, message: string): FailureNote {
  return {
    code: "turn-unknown",
    message,
    hint: `do not run it again; look at it with \`nemo-recipe show ${state.jobId}\` and decide with \`nemo-recipe resolve ${state.jobId}\``,
  };
}
