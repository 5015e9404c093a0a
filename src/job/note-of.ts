import type { FailureNote } from "./event.ts";

/** What is kept of a failure in a job's record. */
export function noteOf({ code, message, hint }: FailureNote): FailureNote {
  return { code, message, ...(hint !== undefined && { hint }) };
}
