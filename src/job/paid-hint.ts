import { mayHavePaid, type JobState } from "./state.ts";

/** The next step after a failure. Where credits may have been spent it never invites a second payment. */
export function paidHint(state: JobState, hint: string | undefined): string | undefined {
  if (!mayHavePaid(state)) return hint;
  const kept = "what is paid is kept: `nemo-recipe resume` goes on from here and sends nothing paid twice";
  return hint === undefined ? kept : `${hint}; ${kept}`;
}
