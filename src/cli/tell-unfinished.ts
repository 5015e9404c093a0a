import type { Journal } from "../executor/ports.ts";
import { countOf } from "../base/count-of.ts";
import type { Screen } from "./screen.ts";

/** What the journal still holds is not gone on with by itself. */
export async function tellUnfinished(journal: Journal, screen: Screen): Promise<void> {
  const unfinished = (await journal.unfinishedJobs()).length;
  if (unfinished > 0)
    screen.note(`${countOf(unfinished, "job")} not finished: nemo-recipe status shows, resume goes on.`);
}
