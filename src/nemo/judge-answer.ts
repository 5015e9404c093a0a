import { Failure, type FailureFacts, type Sent } from "../base/failure.ts";
import { openEnvelope } from "./envelope.ts";
import { refusal, type CallName, type RefusalContext } from "./refusal.ts";

export interface CompleteAnswer {
  readonly status: number;
  readonly text: string;
}

/** Calls about one session: there, "not found" means the session. */
const ofSession: ReadonlySet<CallName> = new Set(["turn", "state", "upload", "claim"]);
const outOfCredits = /credit|balance|quota|积分|余额/i;

/** The data of a complete answer, or the Failure that it means. A code in the body wins over the HTTP status. */
export function judgeAnswer(answer: CompleteAnswer, context: Omit<RefusalContext, "said">): unknown {
  const envelope = openEnvelope(answer.text);
  if (envelope.kind === "refused")
    throw new Failure(ofCode(envelope.code, answer.status, { ...context, said: envelope.message }));
  const succeeded = answer.status >= 200 && answer.status < 300;
  if (succeeded && envelope.kind === "data") return envelope.data;
  if (succeeded && envelope.kind === "unreadable") throw new Failure(notTheProtocol(answer.status));
  const said = envelope.kind === "error" ? envelope.message : "";
  throw new Failure(ofStatus(answer.status, { ...context, said }, envelope.kind !== "unreadable"));
}

/**
 * A status that a gateway may give after it has passed the request on leaves open whether the service acted,
 * whatever the body says: paid calls are decided by the more careful of the two.
 */
const sentByStatus = (status: number): Sent =>
  status >= 500 || status === 408 || status === 409 || (status >= 300 && status < 400)
    ? "maybe-sent"
    : "rejected";

function ofCode(code: number, status: number, context: RefusalContext): FailureFacts {
  const known = refusal(code, context, sentByStatus(status));
  if (known !== undefined) return known;
  // An HTTP status in the code's place says what a status says; of a prompt it has to be the answer's own.
  const isStatus =
    code === status || (status === 200 && code >= 400 && code < 600 && context.call !== "turn");
  if (isStatus) return ofStatus(code, context, true);
  const said = context.said === "" ? "" : ` ${context.said}`;
  return {
    code: "service-error",
    message: `The service reported error ${code}.${said}`,
    sent: "maybe-sent",
    transient: status >= 500 || status === 200,
  };
}

function ofStatus(status: number, context: RefusalContext, readable: boolean): FailureFacts {
  const code = codeOfStatus(status, context);
  // Of an unreadable body only the delay of a 429 is believed: a gateway gives it before it passes anything on.
  const sent = readable || status === 429 ? sentByStatus(status) : "maybe-sent";
  const known = code === undefined ? undefined : refusal(code, context, sent);
  if (known !== undefined) return known;
  const said = context.said === "" ? "" : ` It says: ${context.said}`;
  const isRefusedInWords = status >= 200 && status < 300 && readable;
  if (status >= 500 || status === 408 || isRefusedInWords)
    return {
      code: "service-error",
      message: `${isRefusedInWords ? "The service reported an error" : `The service failed with HTTP ${status}`}.${said}`,
      sent: "maybe-sent",
      transient: true,
    };
  if (status === 404 && (context.call === "render-state" || context.call === "download"))
    return { code: "render-failed", message: `The service does not know this render.${said}`, sent };
  if (status === 409)
    return { code: "bad-request", message: `The service reports a conflict.${said}`, sent: "maybe-sent" };
  return { ...notTheProtocol(status), message: `${notTheProtocol(status).message}${said}` };
}

function codeOfStatus(status: number, { call, said }: RefusalContext): number | undefined {
  if (status === 401) return 1001;
  if (status === 402) return outOfCredits.test(said) ? 2001 : 402;
  if (status === 404) return ofSession.has(call) ? 1002 : undefined;
  if (status === 413) return 4002;
  if (status === 415 && call === "upload") return 4001;
  if (status === 422) return 400;
  return status;
}

function notTheProtocol(status: number): FailureFacts {
  return {
    code: "bad-answer",
    message: `The service answered with HTTP ${status} and something that is not its protocol.`,
    hint: "Check NEMO_API_URL; a sign-in page of the network may stand in between.",
    sent: "maybe-sent",
  };
}
