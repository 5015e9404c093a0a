import type { Call } from "../call.ts";

/** The command that goes on with a conversation. */
export function comeBack(jobId: string): string {
  return `nemo-recipe chat --session ${jobId}`;
}

/** What a command needs to reach the same backend. */
export function backendFlag({ flags: { local, backend } }: Pick<Call, "flags">): string {
  if (local === true) return " --local";
  return backend === undefined ? "" : ` --backend ${backend}`;
}
