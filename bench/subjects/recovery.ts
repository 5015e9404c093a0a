// recovery.ts <journal>: what a start reads to know what is unfinished.
import { openJournal } from "../../src/journal/sqlite-journal.ts";
import { measureHere } from "./measure-here.ts";
import { clock } from "./open-service.ts";

const [path = ""] = process.argv.slice(2);

await measureHere(async () => {
  const journal = await openJournal({ path, clock, onWarning: () => {} });
  const jobs = await journal.unfinishedJobs();
  for (const { jobId } of jobs) await journal.read(jobId);
  if (jobs.length !== 8) throw new Error(`${jobs.length} jobs are unfinished`);
  await journal.close();
});
