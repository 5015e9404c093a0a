import { runsTable } from "../../report/runs-table.ts";
import type { Command } from "../call.ts";
import { columnsOf } from "../columns-of.ts";
import { exitCodes } from "../exit-code.ts";
import { openJournalFor } from "../open-world.ts";
import { settingsFor } from "../settings.ts";

const usualRows = 50;

/** Lists the runs of this state folder. */
export const runs: Command = async (call) => {
  const { flags, io, screen } = call;
  const journal = await openJournalFor(call, await settingsFor(call));
  try {
    const rows = await journal.runs(flags.first ?? usualRows);
    if (flags.json === true) for (const row of rows) screen.out(JSON.stringify(row));
    else
      for (const line of runsTable(rows, { paint: screen.outPaint, columns: columnsOf(io.stdout, 120) }))
        screen.out(line);
    return exitCodes.done;
  } finally {
    await journal.close();
  }
};
