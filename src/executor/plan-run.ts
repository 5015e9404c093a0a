import { checkCollisions } from "../plan/check-collisions.ts";
import { checkGiven } from "../plan/check-given.ts";
import { describeJob } from "../plan/describe-job.ts";
import type { PathAnswer } from "../plan/job-inputs.ts";
import { uniqueNames } from "../plan/job-name.ts";
import type { PlannedOutline } from "../plan/plan-jobs.ts";
import { planTotals } from "../plan/plan-totals.ts";
import { problemList, type ProblemList } from "../plan/problem-list.ts";
import type { PlannedRunJob, RunPlan } from "../plan/run-plan.ts";
import { costsFor, type RecipeFigures } from "../plan/turn-costs.ts";
import { checkFolders, pathsToWrite } from "./check-folders.ts";
import { checkStanding } from "./check-standing.ts";
import { decideJob } from "./decide-job.ts";
import { formerWork } from "./former-work.ts";
import { groupEqual, type GroupedJob } from "./group-equal.ts";
import { outlineRecipe, type OutlinedRecipe } from "./outline-recipe.ts";
import type { PlanPorts, PlanRequest } from "./plan-request.ts";
import { readBalance } from "./read-balance.ts";
import { readFigures } from "./read-figures.ts";

/**
 * What a run would do, worked out whole before anything is sent: it reads inputs, the journal and output paths, and
 * changes nothing. Never throws for what a user can mend: that is in `problems`, all of it in one go.
 */
export async function planRun(request: PlanRequest, ports: PlanPorts): Promise<RunPlan> {
  const problems = problemList();
  checkGiven(request.recipes, { flags: request.params, env: request.env }, problems);
  const outlined = await outlineAll(request, { ports, problems });
  const planned = outlined.flatMap(({ jobs }) => jobs);
  checkCollisions(
    planned.map(({ planned }) => planned),
    problems,
  );
  const figures = await readFigures(
    request.backend,
    planned.map(({ planned }) => planned.job),
    ports.journal,
  );
  const work = { request, ports, problems, figures };
  const jobs = problems.hasErrors ? [] : await decideAll(groupEqual(planned), work);
  const totals = planTotals(jobs);
  const asks = request.backend !== "local" && (request.balance === "always" || totals.paying > 0);
  const recipes = outlined.map(({ recipe: { name, file }, concurrency }) => ({ name, file, concurrency }));
  const balance = asks ? await readBalance(ports.service) : { notes: [] };
  return { recipes, jobs, problems: problems.all(), totals, figures, ...balance };
}

interface PlanWork {
  readonly ports: PlanPorts;
  readonly problems: ProblemList;
}

async function outlineAll(request: PlanRequest, { ports, problems }: PlanWork): Promise<OutlinedRecipe[]> {
  const shared = {
    nameFor: request.taken?.nameFor ?? uniqueNames(),
    cache: new Map<string, PathAnswer>(),
    problems,
  };
  const outlined: OutlinedRecipe[] = [];
  const seen: string[] = [];
  let left = request.overrides.first ?? Infinity;
  for (const recipe of request.recipes) {
    const one = await outlineRecipe(recipe, { ...shared, request, ports, left });
    if (one === undefined) continue;
    outlined.push(one);
    seen.push(...one.passedOver);
    left -= one.jobs.length;
  }
  refuseUnmatched(request, { outlined, seen, problems });
  return outlined;
}

function refuseUnmatched(
  { overrides }: PlanRequest,
  found: {
    readonly outlined: readonly OutlinedRecipe[];
    readonly seen: readonly string[];
    readonly problems: ProblemList;
  },
): void {
  const { outlined, seen, problems } = found;
  const { only = [] } = overrides;
  if (only.length === 0 || seen.length === 0 || outlined.some(({ jobs }) => jobs.length > 0)) return;
  const few = seen.slice(0, 5).join(", ") + (seen.length > 5 ? `, … (${seen.length} jobs)` : "");
  const message = `no job is called ${only.map((glob) => `"${glob}"`).join(" or ")} (--only)`;
  problems.add({ severity: "error", code: "no-job", message, hint: `the jobs are ${few}` });
}

interface DecideWork {
  readonly request: PlanRequest;
  readonly figures: readonly RecipeFigures[];
}

async function decideAll(
  groups: readonly GroupedJob[],
  { request, ports, problems, figures }: PlanWork & DecideWork,
): Promise<PlannedRunJob[]> {
  const { again = false, overwrite = false } = request.overrides;
  const formers = formerWork(ports.journal);
  const jobs: PlannedRunJob[] = [];
  const placed: PlannedOutline[] = [];
  const paths: string[] = [];
  for (const group of groups) {
    const decided = await decideJob(group, { ...ports, formers, again });
    if (!overwrite) await checkStanding(decided, ports.journal, problems);
    const { planned, reuse } = decided;
    placed.push(planned);
    paths.push(...pathsToWrite(decided));
    const costs = costsFor(figures, planned.job);
    jobs.push(describeJob(planned.job, reuse, { notes: group.first.notes, costs }));
  }
  await checkFolders(paths, { jobs: placed, files: ports.files, overwrite }, problems);
  // Another take has other paths than those that were compared before.
  if (jobs.some(({ job }) => job.take !== undefined)) checkCollisions(placed, problems);
  return jobs;
}
