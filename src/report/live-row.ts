import { cleanLine } from "../base/clean-text.ts";
import type { FollowedJob } from "./follow-job.ts";
import { formatElapsed } from "./format-elapsed.ts";
import type { Paint } from "./paint.ts";
import type { StepText } from "./step-text.ts";
import { fitText, padText, textWidth } from "./text-width.ts";

const spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const spinnerStepMs = 80;
const barColumns = 12;
const columnsForBar = 64;
/** For the share and the elapsed time; narrower, the share comes first, and then nothing. */
const columnsForBoth = 50;
const columnsForOne = 24;

export interface RowView {
  readonly columns: number;
  readonly nowMs: number;
  readonly nameColumns: number;
  readonly paint: Paint;
}

/** One running job on one line: `⠹ promo  uploading beach.jpg (1 of 3)  ━━━━────  45%  1m02s`. Never wider than the view. */
export function liveRow(
  { job, step }: { readonly job: FollowedJob; readonly step: StepText },
  { columns, nowMs, nameColumns, paint }: RowView,
): string {
  const width = columns - 1;
  const elapsed = formatElapsed(nowMs - job.startedAtMs);
  const percent = columns < columnsForOne || step.share === undefined ? "" : `  ${percentText(step.share)}`;
  const hasTime = columns >= (percent === "" ? columnsForOne : columnsForBoth);
  const time = hasTime ? `  ${elapsed.padStart(6)}` : "";
  const hasBar = columns >= columnsForBar && step.share !== undefined;
  const right = percent.length + time.length + (hasBar ? barColumns + 2 : 0);
  const mark = spinner[Math.floor(nowMs / spinnerStepMs) % spinner.length] ?? "";
  const fullName = cleanLine(job.job.name);
  const name = padText(fullName, nameColumns);
  const textColumns = width - 4 - textWidth(name) - right;
  if (textColumns < 4) return `${paint.cyan(mark)} ${paint.bold(fitText(fullName, width - 2))}`;
  return [
    `${paint.cyan(mark)} ${paint.bold(name)}  ${padText(step.text, textColumns)}`,
    hasBar ? `  ${bar(step.share ?? 0, paint)}` : "",
    percent,
    paint.dim(time),
  ].join("");
}

function percentText(share: number): string {
  return `${Math.round(within(share) * 100)}%`.padStart(4);
}

function bar(share: number, paint: Paint): string {
  const filled = Math.round(within(share) * barColumns);
  return paint.cyan("━".repeat(filled)) + paint.dim("─".repeat(barColumns - filled));
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}
