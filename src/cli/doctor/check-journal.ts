import { Failure } from "../../base/failure.ts";
import { findDamage } from "../../journal/find-damage.ts";
import { openJournal } from "../../journal/sqlite-journal.ts";
import { journalPath } from "../journal-path.ts";
import { wallClock } from "../wall-clock.ts";
import { bad, ok, warning, type Finding } from "./finding.ts";

/** Opens the journal as a run would, reads all of it, and says how much waits in it. */
export async function checkJournal(stateDir: string): Promise<Finding> {
  try {
    const warnings: string[] = [];
    const journal = await openJournal({
      path: journalPath(stateDir),
      clock: wallClock,
      onWarning: (text) => void warnings.push(text),
    });
    const unfinished = await journal.unfinishedJobs();
    await journal.close();
    findDamage(journalPath(stateDir));
    if (warnings[0] !== undefined)
      return warning("journal", warnings[0], "nemo-recipe doctor --config shows where it lies.");
    if (unfinished.length === 0) return ok("journal", stateDir);
    return warning(
      "journal",
      `${unfinished.length} jobs in ${stateDir} are not finished`,
      "nemo-recipe resume goes on.",
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return bad("journal", error.facts.message, error.facts.hint ?? "Choose another folder with --state-dir.");
  }
}
