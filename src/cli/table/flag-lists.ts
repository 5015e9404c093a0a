import type { FlagName } from "../flags.ts";

/** Flags of every command. */
export const general: readonly FlagName[] = ["logFile", "verbose", "color"];

/** Of whoever reads settings or the journal. */
export const configured: readonly FlagName[] = ["stateDir", "config", "profile"];

/** Of whoever tells what happens, besides. */
export const told: readonly FlagName[] = ["json", "quiet", ...configured];

export const where: readonly FlagName[] = ["backend", "local"];

/** Of what makes videos with nobody beside it. */
export const unattended: readonly FlagName[] = ["out", "concurrency", ...where, "maxCredits", "overwrite"];

/** Of what drives jobs that the journal knows. */
export const goingOn: readonly FlagName[] = [...where, "maxCredits", "concurrency", "overwrite", ...told];
