import { Failure } from "../base/failure.ts";

/** What ends a run while a turn may be running at the service says so: nobody should run it a second time. */
export function leaveLive(error: unknown): unknown {
  if (!(error instanceof Failure) || error.facts.sent === "maybe-sent") return error;
  const message = `${error.facts.message}; a turn may be running at the service`;
  const hint = error.facts.hint ?? "`nemo-recipe resume` finds out and goes on";
  return new Failure({ ...error.facts, message, hint, sent: "maybe-sent" }, error);
}
