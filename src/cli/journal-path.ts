import { join } from "node:path";

/** The journal's file in a state folder. */
export const journalPath = (stateDir: string): string => join(stateDir, "journal.db");
