// journal.ts <folder> <records> <in flight>: as many events in the product's journal, each on disk when it resolves.
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { openJournal } from "../../src/journal/sqlite-journal.ts";
import { measureHere } from "./measure-here.ts";
import { clock } from "./open-service.ts";

const [folder = "", count = "0", inFlight = "1"] = process.argv.slice(2);
const path = join(mkdtempSync(join(folder, "journal-")), "journal.db");
const journal = await openJournal({ path, clock, onWarning: () => {} });
const text = "t".repeat(300);
const writers = Number(inFlight);

await measureHere(async () => {
  const write = async (_: unknown, writer: number): Promise<void> => {
    for (let seq = 0; seq < Number(count) / writers; seq++)
      await journal.append(
        `job_${writer}`,
        { type: "turn-closed", key: "k", end: "closed", texts: [text] },
        seq,
      );
  };
  await Promise.all(Array.from({ length: writers }, write));
});
await journal.close();
