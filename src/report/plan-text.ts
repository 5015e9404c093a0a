import { cleanLine, cleanText } from "../base/clean-text.ts";
import type { CreditRange } from "../plan/estimate.ts";
import type { Reason } from "../plan/planned-job.ts";
import type { BudgetLeft, PlannedRunJob, RunPlan } from "../plan/run-plan.ts";
import { costsFor } from "../plan/turn-costs.ts";
import { countOf } from "../base/count-of.ts";
import { formatBytes } from "./format-bytes.ts";
import type { Paint, Style } from "./paint.ts";
import { fitText, padText, textWidth } from "./text-width.ts";
import { turnLines } from "./turn-lines.ts";

interface ReasonLook {
  readonly mark: string;
  readonly text: string;
  /** As it is counted in the sum. */
  readonly counted: string;
  readonly style: Style;
}

const reasons: Readonly<Record<Reason, ReasonLook>> = {
  new: { mark: "+", text: "new", counted: "new", style: "green" },
  continue: { mark: "+", text: "continue", counted: "to continue", style: "green" },
  "go-on": { mark: "~", text: "go on", counted: "to go on with", style: "yellow" },
  "export-again": { mark: "~", text: "export again", counted: "to export again", style: "cyan" },
  "up-to-date": { mark: "=", text: "up to date", counted: "up to date", style: "dim" },
  busy: { mark: "!", text: "busy", counted: "busy", style: "red" },
  parked: { mark: "!", text: "parked", counted: "parked", style: "red" },
};

const reasonColumns = 12;
const maxNameColumns = 40;
const maxOutputs = 4;
/** A longer list shows one job in two lines: what it is, and where it goes. */
const briefAbove = 20;
/** The texts that are paid are shown where there are so few jobs that a person reads them. */
const promptsUpTo = 3;

export interface PlanView {
  readonly paint: Paint;
  /** Width of the screen. */
  readonly columns: number;
}

/** What a run would do, for people: job by job, then in sum. Ends with a line break. */
export function planText(plan: RunPlan, view: PlanView): string {
  const isBrief = plan.jobs.length > briefAbove;
  const names = plan.jobs.map(({ job }) => textWidth(cleanLine(job.name)));
  const nameColumns = Math.min(maxNameColumns, Math.max(0, ...names));
  const hasPrompts = plan.jobs.length <= promptsUpTo;
  const lines = plan.jobs.flatMap((job) => [
    ...jobLines(job, { view, nameColumns, isBrief, hasPrompts }),
    "",
  ]);
  return [...lines, ...summaryLines(plan, view), ""].join("\n");
}

interface JobView {
  readonly view: PlanView;
  readonly nameColumns: number;
  readonly isBrief: boolean;
  readonly hasPrompts: boolean;
}

function jobLines(one: PlannedRunJob, { view, nameColumns, isBrief, hasPrompts }: JobView): string[] {
  const { paint, columns } = view;
  const { mark, text, style } = reasons[one.reason];
  const name = padText(cleanLine(one.job.name), nameColumns);
  const credits = creditsOf(one.credits, one.job.backend);
  const title = `${paint[style](mark)} ${paint.bold(name)}  ${paint[style](padText(text, reasonColumns))}  ${credits}`;
  const fit = (line: string): string => fitText(line, columns - 2);
  const shown = one.outputs.slice(0, isBrief ? 1 : maxOutputs);
  const hidden = one.outputs.length - shown.length;
  const outputs = shown.map((path) => `  → ${cleanText(path).replaceAll("\n", " ")}`);
  if (hidden > 0) outputs.push(`  ${paint.dim(`  … and ${countOf(hidden, "more output", "more outputs")}`)}`);
  if (isBrief) return [title, ...outputs];
  const dimmed = (line: string): string => `  ${paint.dim(fit(cleanLine(line)))}`;
  const work = workOf(one);
  const prompts = work.length > 0 && hasPrompts ? turnLines(one, columns - 2) : [];
  return [
    title,
    ...[one.why, ...work].map(dimmed),
    ...prompts.map((line) => `  ${line}`),
    ...one.notes.map(dimmed),
    ...outputs,
  ];
}

/** What goes in, and what is still to be done with it. */
function workOf({ inputs, turns, uploadBytes, reason }: PlannedRunJob): string[] {
  if (reason === "up-to-date" || reason === "busy" || reason === "parked") return [];
  const parts: string[] = [];
  if (inputs.count > 0) parts.push(`${countOf(inputs.count, "input")}, ${formatBytes(inputs.sizeBytes)}`);
  if (uploadBytes < inputs.sizeBytes)
    parts.push(uploadBytes === 0 ? "uploaded before" : `${formatBytes(uploadBytes)} to upload`);
  const all = countOf(turns.count, "turn");
  parts.push(turns.missing === turns.count ? all : `${turns.missing} of ${all} to send`);
  return [parts.join(" · ")];
}

function summaryLines(plan: RunPlan, { paint, columns }: PlanView): string[] {
  const { totals, balance, budgets = [], notes, jobs } = plan;
  const counts = Object.entries(reasons).flatMap(([reason, { counted }]) => {
    const count = totals.reasons[reason as Reason] ?? 0;
    return count === 0 ? [] : [`${count} ${counted}`];
  });
  const all = countOf(totals.jobs, "job");
  const what = totals.jobs === 0 ? "nothing to do" : `${all} (${counts.join(", ")})`;
  const rows: [string, string][] = [];
  if (totals.uploadBytes > 0) rows.push(["Upload", formatBytes(totals.uploadBytes)]);
  if (totals.turns > 0) rows.push(["Turns", `${totals.turns} to send`]);
  if (totals.jobs > 0) rows.push(["Credits", sumOf(plan, jobs[0]?.job.backend)]);
  for (const budget of budgets) rows.push(["Budget", budgetText(budget)]);
  if (balance !== undefined)
    rows.push(["Balance", `${balance.available} available, ${balance.frozen} frozen`]);
  const labelled = rows.map(([label, value]) => `  ${paint.dim(label.padEnd(8))} ${value}`);
  const more = notes.map((note) => `  ${paint.yellow(fitText(cleanLine(note), columns - 2))}`);
  return [paint.bold(`Plan: ${what}`), ...labelled, ...more];
}

function sumOf({ totals, jobs, figures }: RunPlan, backend: string | undefined): string {
  const { credits } = totals;
  if (backend === "local" || credits.high === 0) return creditsOf(credits, backend ?? "");
  const { low, likely, high } = credits;
  return `${low}–${likely}–${high} (low–likely–high, ${figuresText(figures, jobs)})`;
}

/** Where the figures of those turns come from that the paying jobs have. */
function figuresText(figures: RunPlan["figures"], jobs: RunPlan["jobs"]): string {
  const samples = new Map<string, number>();
  let published = false;
  for (const { job } of jobs.filter(({ credits }) => credits.high > 0)) {
    const costs = costsFor(figures, job);
    for (const step of job.steps) {
      if (step.kind !== "turn") continue;
      const cost = costs[step.turn];
      published ||= cost.from === "published";
      const whose = cost.from === "recipe" ? job.recipe : job.skill.name;
      if (cost.samples > 0) samples.set(`${cost.from} ${whose} ${step.turn}`, cost.samples);
    }
  }
  const count = [...samples.values()].reduce((sum, one) => sum + one, 0);
  const known = `from ${countOf(count, "turn")} on this machine`;
  if (count === 0) return "by the published figures";
  return published ? `${known}, else by the published figures` : known;
}

const perScope = { job: "a job", run: "a run", day: "today", month: "this month" } as const;

function budgetText({ scope, credits, left, from }: BudgetLeft): string {
  const what = scope === "job" || scope === "run" ? `${credits}` : `${left} of ${credits} left`;
  return `${what} ${perScope[scope]} (${cleanLine(from)})`;
}

function creditsOf({ low, likely, high }: CreditRange, backend: string): string {
  if (backend === "local") return "free, made on this machine";
  if (low === high) return countOf(low, "credit");
  return `${low}–${likely}–${high} credits`;
}
