import type { Action } from "./action.ts";
import { nextAction } from "./next-action.ts";
import type { JobState } from "./state.ts";

/** What leads to no turn: it fetches, looks, and closes. */
export type FreeAction = Exclude<
  Action,
  { readonly type: "open-session" | "upload" | "reconcile-upload" | "send-turn" }
>;

/** What comes next for a job that must not cost anything: it ends where only a turn could lead on. */
export function nextFreeAction(state: JobState): FreeAction | undefined {
  const action = nextAction(state);
  switch (action?.type) {
    case "open-session":
    case "upload":
    case "reconcile-upload":
    case "send-turn":
      return { type: "fail", replay: "safe", failure: leftForLater(state.jobId) };
    default:
      return action;
  }
}

function leftForLater(jobId: string): Extract<Action, { type: "fail" }>["failure"] {
  return {
    code: "interrupted",
    message: "what is paid is fetched; the job has turns that were never sent",
    hint: `\`nemo-recipe resume ${jobId}\` sends them, which costs credits`,
  };
}
