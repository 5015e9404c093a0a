import type { JobQueue } from "../../executor/job-queue.ts";
import type { Outage } from "../../executor/outage.ts";
import type { BudgetLimit } from "../../job/budget-limit.ts";
import { budgetLimits } from "../../job/budget-limits.ts";
import { countedCredits } from "../../job/spending.ts";
import type { Metric, Sample } from "../../report/metrics-text.ts";
import { periodsAt } from "../money-rules.ts";
import type { World } from "../open-world.ts";
import type { Counted, UpFigures } from "./up-figures.ts";
import type { UpWork } from "./up-work.ts";
import type { WatchTaps } from "./watch-taps.ts";

export interface MetricSources {
  readonly world: World;
  readonly queue: JobQueue;
  readonly taps: WatchTaps;
  readonly work: UpWork;
  readonly figures: UpFigures;
  readonly outage: Outage;
}

/** Everything that `up` tells of itself, as figures. Nothing secret: names of recipes, numbers and times. */
export async function metricsOf(
  sources: MetricSources,
  process: { readonly version: string; readonly startedAtMs: number },
): Promise<Metric[]> {
  return [
    gauge("build_info", "The version that runs.", [{ labels: { version: process.version }, value: 1 }]),
    gauge("start_time_seconds", "When it was started.", one(process.startedAtMs / 1000)),
    ...jobMetrics(sources),
    ...(await journalMetrics(sources)),
    ...slotMetrics(sources),
    ...watchMetrics(sources),
    ...stateMetrics(sources),
  ];
}

const prefix = "nemo_recipe_";
const gauge = (name: string, help: string, samples: readonly Sample[]): Metric => ({
  name: prefix + name,
  help,
  type: "gauge",
  samples,
});
const counter = (name: string, help: string, samples: readonly Sample[]): Metric => ({
  name: prefix + name,
  help,
  type: "counter",
  samples,
});
const one = (value: number): Sample[] => [{ value }];
const flag = (value: boolean): Sample[] => [{ value: value ? 1 : 0 }];
const counted = (counts: readonly Counted[]): Sample[] =>
  counts.map(({ recipe, outcome, count }) => ({ labels: { recipe, outcome }, value: count }));

function jobMetrics({ figures, queue, work }: MetricSources): Metric[] {
  return [
    counter("jobs_total", "Jobs that came to rest since the start, by outcome.", counted(figures.jobs)),
    gauge("jobs_running", "Jobs that are being driven.", one(queue.running)),
    gauge("jobs_waiting", "Jobs that wait for a place in the queue.", one(queue.waiting)),
    gauge("jobs_limit", "Most jobs at once.", one(work.setup.config.concurrency)),
    counter(
      "credits_total",
      "Measured credits of the jobs that came to rest since the start.",
      one(figures.credits),
    ),
  ];
}

async function journalMetrics({ world, work }: MetricSources): Promise<Metric[]> {
  const { journal, clock, backend } = world;
  const nowMs = clock.now();
  const { dayMs } = periodsAt(nowMs);
  const today = await journal.spent({ sinceMs: dayMs });
  const all = await journal.spent({ sinceMs: 0 });
  const rows = await journal.unfinishedJobs();
  const needsYou = rows.filter(({ status }) => status === "needs-you").length;
  const left: Sample[] = [];
  for (const limit of backend === "local" ? [] : limitsOf(work, nowMs)) {
    const { scope, recipe, credits, sinceMs = nowMs } = limit;
    const of = recipe === undefined ? {} : { recipe };
    const spent = countedCredits(await journal.spent({ sinceMs, ...of }));
    left.push({ labels: { period: scope, recipe: recipe ?? "" }, value: credits - spent });
  }
  return [
    gauge("jobs_needs_you", "Jobs of this state folder that wait for a person.", one(needsYou)),
    gauge("jobs_unfinished", "Jobs of this state folder that are not finished.", one(rows.length)),
    gauge(
      "credits_spent_today",
      "Credits that this state folder counts as spent today.",
      one(countedCredits(today) - today.reserved),
    ),
    gauge("credits_reserved", "Credits set aside for turns that are not settled.", one(all.reserved)),
    gauge("budget_left_credits", "What a budget of a day or a month has left.", left),
  ];
}

/** Each budget of a period once: that of the config, and those of the recipes. */
function limitsOf({ setup }: UpWork, nowMs: number): BudgetLimit[] {
  const periods = periodsAt(nowMs);
  return [
    ...budgetLimits(setup.config.budget, periods, { from: "the config" }),
    ...setup.editions.flatMap(({ recipe }) =>
      budgetLimits(recipe.budget, periods, { from: recipe.file, recipe: recipe.name }),
    ),
  ].filter(({ scope }) => scope === "day" || scope === "month");
}

function slotMetrics({ figures, work, world }: MetricSources): Metric[] {
  const nowMs = world.clock.now();
  const next = new Map<string, number>();
  for (const { recipe, timetable } of work.entries()) {
    const atMs = timetable.nextAtMs(nowMs) ?? Infinity;
    next.set(recipe.name, Math.min(next.get(recipe.name) ?? Infinity, atMs));
  }
  const samples = [...next].filter(([, atMs]) => atMs < Infinity);
  return [
    counter("slots_total", "Slots of schedules since the start, by outcome.", counted(figures.slots)),
    gauge(
      "next_slot_timestamp_seconds",
      "The next slot of a recipe.",
      samples.map(([recipe, atMs]) => ({ labels: { recipe }, value: atMs / 1000 })),
    ),
    gauge(
      "schedule_last_look_timestamp_seconds",
      "When the schedules were looked at last.",
      figures.lookedAtMs === undefined ? [] : one(figures.lookedAtMs / 1000),
    ),
  ];
}

function watchMetrics({ taps, work }: MetricSources): Metric[] {
  const names = new Map(work.setup.editions.map(({ file, recipe }) => [file, recipe.name]));
  const standings = [...taps.standings()].flatMap(([file, standing]) => {
    const recipe = names.get(file);
    return recipe === undefined ? [] : [{ labels: { recipe }, ...standing }];
  });
  return [
    gauge(
      "watch_last_look_timestamp_seconds",
      "When a watched folder was there the last time that it was looked at.",
      standings.flatMap(({ labels, lookedAtMs }) =>
        lookedAtMs === undefined ? [] : [{ labels, value: lookedAtMs / 1000 }],
      ),
    ),
    gauge(
      "watch_paused",
      "1 while a watched folder is not there.",
      standings.map(({ labels, isPaused }) => ({ labels, value: isPaused ? 1 : 0 })),
    ),
    gauge(
      "watch_files_waiting",
      "Files of a watched folder that settle or wait for their turn.",
      standings.map(({ labels, waiting }) => ({ labels, value: waiting })),
    ),
  ];
}

function stateMetrics({ outage, queue, work }: MetricSources): Metric[] {
  const { count, isWhole, atMs } = work.reloads;
  return [
    gauge("service_up", "0 while the service does not answer.", flag(!outage.isNow)),
    gauge(
      "held_back",
      "1 while no job is started, since three in a row were paid without a delivery.",
      flag(queue.isHeldBack),
    ),
    counter("reloads_total", "How often config and recipes were read again.", one(count)),
    gauge(
      "last_reload_successful",
      "0 where the last reading again left something as it was, since it is wrong.",
      flag(isWhole),
    ),
    gauge(
      "last_reload_timestamp_seconds",
      "When config and recipes were read again.",
      atMs === undefined ? [] : one(atMs / 1000),
    ),
  ];
}
