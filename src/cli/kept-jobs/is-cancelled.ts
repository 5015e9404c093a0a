import type { JobState } from "../../job/state.ts";

/** Somebody called `cancel` for it: it goes on only when it is named. */
export const isCancelled = ({ failure }: JobState): boolean => failure?.code === "cancelled";
