import { ifResumed } from "./if-resumed.ts";
import { nextFreeAction, type FreeAction } from "./next-free-action.ts";
import type { JobState } from "./state.ts";

const fetching: ReadonlySet<FreeAction["type"]> = new Set([
  "reconcile-turn",
  "start-export",
  "poll-export",
  "deliver",
]);

/** True where work that is paid waits to be fetched, and the next step to it costs nothing. */
export function isRecoverable(state: JobState): boolean {
  if (state.status === "finished") return false;
  const action = nextFreeAction(ifResumed(state));
  return action !== undefined && fetching.has(action.type);
}
