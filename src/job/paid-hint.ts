import { mayHavePaid, type JobState } from "./state.ts";

/** The next step after a failure. Where credits may have been spent it never invites a second payment. */
export function paidHint(state: JobState, hint: string | undefined): string | undefined {
  if (!mayHavePaid(state) || hint?.includes("nemo-recipe") === true) return hint;
  const kept = `what is paid is kept: \`nemo-recipe resume ${state.plan.name}\` goes on from here and pays nothing twice`;
  return hint === undefined ? kept : `${hint}; ${kept}`;
}
