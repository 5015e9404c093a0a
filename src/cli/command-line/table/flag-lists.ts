import type { FlagName } from "../flags.ts";

/** Flags of every command. */
export const general: readonly FlagName[] = ["logFile", "verbose", "color"];

/**
 * Taken by every command: a script gives them to all that it calls. Where a command reads no settings, or asks nothing,
 * there is nothing that they could change, and help does not name them.
 */
export const takenByAll: readonly FlagName[] = ["stateDir", "config", "profile", "quiet", "yes"];

/** Of whoever reads settings or the journal. */
export const configured: readonly FlagName[] = ["stateDir", "config", "profile"];

/** Of whoever tells what happens, besides. */
export const told: readonly FlagName[] = ["json", "quiet", ...configured];

export const where: readonly FlagName[] = ["backend", "local"];

/** Of what makes videos with nobody beside it. */
export const unattended: readonly FlagName[] = ["out", "concurrency", ...where, "dayLimit", "overwrite"];

/** Of what drives jobs that the journal knows. */
export const goingOn: readonly FlagName[] = [...where, "maxCredits", "concurrency", "overwrite", ...told];
