import { cleanLine } from "../base/clean-text.ts";
import type { RunRow } from "../executor/ports.ts";
import { countOf } from "../base/count-of.ts";
import { formatElapsed } from "./format-elapsed.ts";
import { formatInstant } from "./format-instant.ts";
import type { Paint } from "./paint.ts";
import { fitText, padText, textWidth } from "./text-width.ts";

export interface TableView {
  readonly paint: Paint;
  readonly columns: number;
  /** The machine's where absent. */
  readonly timeZone?: string;
}

const results: Readonly<Record<number, string>> = {
  0: "done",
  1: "not all made",
  3: "refused",
  70: "broke",
  75: "left open",
  130: "interrupted",
};
const titles = ["run", "started", "took", "jobs", "result"] as const;

/** The history of runs, the newest first, one line each; the recipes at the end take what room is left. */
export function runsTable(runs: readonly RunRow[], { paint, columns, timeZone }: TableView): string[] {
  if (runs.length === 0) return ["no run yet: `nemo-recipe run` makes the first"];
  const rows = runs.map((run) => [
    run.runId,
    formatInstant(run.startedAtMs, timeZone),
    run.finishedAtMs === undefined ? "" : formatElapsed(run.finishedAtMs - run.startedAtMs),
    jobsOf(run),
    resultOf(run),
  ]);
  const widths = titles.map((title, column) =>
    Math.max(textWidth(title), ...rows.map((row) => textWidth(row[column] ?? ""))),
  );
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => padText(cell, widths[column] ?? 0)).join("  ");
  const room = Math.max(10, columns - 1 - line([...titles]).length - 2);
  const body = runs.map((run, index) => {
    const recipes = fitText(run.recipes.map((recipe) => cleanLine(recipe)).join(", "), room);
    return colourOf(run, paint)(`${line(rows[index] ?? [])}  `) + recipes;
  });
  return [paint.dim(`${line([...titles])}  recipes`), ...body];
}

/** A job that is up to date is not driven, and belongs to no run. */
function jobsOf({ jobIds, exitCode }: RunRow): string {
  return jobIds.length === 0 && exitCode === 0 ? "up to date" : countOf(jobIds.length, "job");
}

function resultOf({ exitCode, finishedAtMs }: RunRow): string {
  if (finishedAtMs === undefined || exitCode === undefined) return "not finished";
  return results[exitCode] ?? `exit ${exitCode}`;
}

function colourOf({ exitCode }: RunRow, paint: Paint): (text: string) => string {
  if (exitCode === 0) return (text) => text;
  return exitCode === 1 || exitCode === 70 ? paint.red : paint.yellow;
}
