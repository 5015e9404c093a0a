import { Failure } from "../base/failure.ts";

/** Somebody asked for no further turn, and the next one has not been sent. */
export function jobCancelled(): Failure {
  return new Failure({
    code: "cancelled",
    message: "the job was cancelled: the next turn was not sent",
    sent: "not-sent",
  });
}
