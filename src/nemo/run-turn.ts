import type { Clock } from "../base/clock.ts";
import { Failure, type FailureFacts } from "../base/failure.ts";
import type { NemoService, TurnClose } from "../executor/ports.ts";
import { connectMs, readAnswer, type Caller } from "./caller.ts";
import type { Incoming } from "./channel.ts";
import { cleanLine } from "../base/clean-text.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { refusal, type RefusalContext } from "./refusal.ts";
import { announceWork, endOf, listen, type Heard } from "./stream/listen.ts";
import { Lapse } from "./transport/deadlines.ts";
import { causesOf } from "./transport/error-codes.ts";
import { unreadable } from "./transport/read-whole.ts";
import { bodies, paths } from "./wire.ts";

type Request = Parameters<NemoService["runTurn"]>[0];

/**
 * The one paid call. One request on a connection of its own; nothing here, below, or in a transport sends it again.
 * A Failure is thrown for `not-sent` and `rejected` only: all else resolves, and the state tells what happened.
 */
export function turnCall(caller: Caller, clock: Clock): NemoService["runTurn"] {
  return async (request, options = {}) => {
    const token = await tokenFor(caller, request);
    const over = new AbortController();
    try {
      void announceWork(clock, request.onSignal, over.signal);
      const incoming = await send(caller, request, { token, ...options });
      return await receive(caller, request, incoming);
    } catch (error) {
      return await settleFailure(caller, error, token);
    } finally {
      over.abort();
    }
  };
}

/** The token, before anything is sent: whatever goes wrong here, the prompt has not left. */
async function tokenFor(caller: Caller, { session }: Request): Promise<string> {
  try {
    return await caller.withToken(session, (token) => Promise.resolve(token));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // `not-sent` invites to send the turn anew: only where that may help.
    const passing = error.facts.transient === true && error.facts.code !== "rate-limited";
    throw new Failure({ ...error.facts, sent: passing ? "not-sent" : "rejected" }, error);
  }
}

function send(
  caller: Caller,
  { session, prompt, timeouts }: Request,
  { token, signal }: { readonly token: string; readonly signal?: AbortSignal },
): Promise<Incoming> {
  return caller.open(
    {
      name: "turn",
      method: "POST",
      path: paths.turn,
      skill: session.skill,
      accept: "text/event-stream",
      body: bodies.turn(session.sessionId, prompt),
      fresh: true,
      limits: {
        connect: connectMs,
        idle: timeouts.idleMs,
        silence: timeouts.silenceMs,
        whole: timeouts.turnMs,
      },
      ...(signal && { signal }),
    },
    token,
  );
}

async function receive(caller: Caller, request: Request, incoming: Incoming): Promise<TurnClose> {
  const type = incoming.header("content-type") ?? "";
  if (incoming.status !== 200 || /json|html/i.test(type)) {
    const text = await readAnswer(incoming);
    judgeAnswer({ status: incoming.status, text }, caller.context("turn", incoming));
    throw unreadable("to a prompt is data instead of a stream");
  }
  const { deadlines, body } = incoming;
  try {
    const heard = await listen({ body, deadlines, onSignal: request.onSignal });
    const failure = failureIn(heard, caller.context("turn", incoming));
    return { end: heard.end, texts: heard.texts, ...(failure && { failure }) };
  } finally {
    deadlines.stop();
  }
}

/** Throws what says that the turn did not run; the rest is a close that proves nothing. */
async function settleFailure(caller: Caller, error: unknown, token: string): Promise<TurnClose> {
  if (!(error instanceof Failure)) throw error;
  const { facts } = error;
  if (facts.sent !== "maybe-sent") {
    const renewed = facts.code === "unauthorized" && (await caller.distrust(token));
    throw renewed ? new Failure({ ...facts, transient: true }, error) : error;
  }
  const end = endOf(causesOf(error).find((cause) => cause instanceof Lapse));
  // That the user stopped listening is no error of the turn.
  return facts.code === "interrupted" ? { end, texts: [] } : { end, texts: [], failure: facts };
}

const noCreditsInWords =
  /(?:insufficient|not enough|no (?:more )?|out of|run out of|ran out of) credits?\b|credits? (?:are |is )?(?:insufficient|exhausted|used up)|(?:积分|余额|额度)(?:不足|不够|已用完|用完)/i;
const sessionLostInWords = /session (?:was |is )?not found/i;
const tooManyInWords =
  /\b(?:too many requests|rate limit(?:s|ed)?(?: was| is)?(?: exceeded| reached)?|rate-limited)\b|(?:请求|操作)(?:过于频繁|过多|太频繁)/i;
const codesInWords = /\b(1001|1002|2001)\b|\bcode\W{0,3}(\d{3,4})\b/i;

/** An error line may hold its code in its text only. */
function codeInWords(said: string): number | undefined {
  const found = codesInWords.exec(said);
  const code = found?.[1] ?? found?.[2];
  return code === undefined ? undefined : Number(code);
}

function refusalInWords(text: string): number | undefined {
  if (noCreditsInWords.test(text)) return 2001;
  return tooManyInWords.test(text) ? 429 : undefined;
}

/** The error that a stream told, as an event or, where nothing else happened, in words. */
function failureIn(heard: Heard, where: Omit<RefusalContext, "said">): FailureFacts | undefined {
  const context = { ...where, said: "" };
  const { error } = heard;
  if (error === undefined) {
    // An agent that worked may well talk about credits; a refusal is short, last, and comes instead of work.
    const isShort = !heard.worked && heard.lastText.length <= 400;
    const code = isShort ? refusalInWords(heard.lastText) : undefined;
    return code === undefined ? undefined : refusal(code, context, "maybe-sent");
  }
  const said = cleanLine(error.message);
  const code =
    error.code ??
    codeInWords(said) ??
    refusalInWords(said) ??
    (sessionLostInWords.test(said) ? 1002 : undefined);
  const known = code === undefined ? undefined : refusal(code, { ...context, said }, "maybe-sent");
  return (
    known ?? {
      code: "service-error",
      message: `The service reported an error in the turn: ${said || error.code || "no reason given"}`,
      sent: "maybe-sent",
    }
  );
}
