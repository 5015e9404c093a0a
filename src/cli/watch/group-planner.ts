// Owns: the names and paths that jobs of this watch have been given. Talks to: the planner, the output paths.
// Invariants: one plan at a time; no two jobs of one watch share a name or an output; a video that was delivered is
// never replaced by another file's.
import type { GroupPlan } from "../../executor/watch-request.ts";
import { foldPath } from "../../plan/output-path.ts";
import type { RunPlan } from "../../plan/run-plan.ts";
import type { WatchedGroup } from "../../plan/watched-group.ts";
import { planWith, type PlanOrder } from "../make-plan.ts";
import { moneyRules } from "../money-rules.ts";
import { problemText } from "../problem-text.ts";
import { orderOf } from "../order-of.ts";

export interface KnownOutputs {
  readonly names: Set<string>;
  /** Shared by all recipes of a process: the videos of one must not replace another's. */
  readonly paths: Set<string>;
}

export type PlannerNeeds = Omit<PlanOrder, "group" | "taken" | "balance" | "inputs"> & {
  readonly accountId: () => Promise<string>;
  /** What the jobs of earlier editions of this watch were given, to be added to. */
  readonly known?: KnownOutputs;
  /** In place of the rules that the config and the recipes gave when they were read. */
  readonly moneyFor?: (figures: RunPlan["figures"]) => GroupPlan["money"];
};

const mostTries = 1_000;

/** Plans one group after the other; undefined for one that cannot be made, which is told. */
export function groupPlanner(needs: PlannerNeeds): (group: WatchedGroup) => Promise<GroupPlan | undefined> {
  const { names, paths } = needs.known ?? { names: new Set<string>(), paths: new Set<string>() };
  let last: Promise<unknown> = Promise.resolve();

  const planOnce = async (group: WatchedGroup): Promise<GroupPlan | undefined> => {
    const { call, world } = needs;
    const account = await needs.accountId();
    const taken = new Set(paths);
    for (let tries = 0; tries < mostTries; tries++) {
      const mine = new Set<string>();
      const nameFor = (name: string): string => free(name, (one) => names.has(one) || mine.has(one), mine);
      const plan = await planWith(
        { ...needs, group, inputs: [], taken: { nameFor, paths: taken }, balance: "when-paying" },
        account,
      );
      if (plan.problems.length > 0) call.screen.alert(problemText(plan.problems, call.screen.paint));
      if (plan.problems.some(({ severity }) => severity === "error")) return undefined;
      const standing = call.flags.overwrite === true ? [] : await standingOutputs(plan, world.files);
      // Another recipe's planner may have given the same path away meanwhile.
      const given = outputsOf(plan).filter((path) => !taken.has(foldPath(path)) && paths.has(foldPath(path)));
      for (const path of [...standing, ...given]) taken.add(foldPath(path));
      if (standing.length + given.length > 0) continue;
      for (const name of mine) names.add(name);
      for (const path of outputsOf(plan)) paths.add(foldPath(path));
      return { orders: plan.jobs.map(orderOf), money: moneyOf(plan, needs) };
    }
    return undefined;
  };

  return (group) => {
    const mine = last.then(() => planOnce(group));
    last = mine.catch(() => undefined);
    return mine;
  };
}

function free(name: string, isTaken: (name: string) => boolean, mine: Set<string>): string {
  let given = name;
  for (let number = 2; isTaken(given); number++) given = `${name}-${number}`;
  mine.add(given);
  return given;
}

/** The money rules of a plan of this watch. */
export function moneyOf(
  plan: RunPlan,
  { world, config, recipes, moneyFor }: PlannerNeeds,
): GroupPlan["money"] {
  if (moneyFor !== undefined) return moneyFor(plan.figures);
  const { backend } = world;
  return moneyRules({ backend, config, recipes, figures: plan.figures });
}

/** Outputs of new jobs whose place something has already: a former job's video, of another file of that name. */
async function standingOutputs(
  plan: RunPlan,
  files: { hashOf(path: string): Promise<string | undefined> },
): Promise<string[]> {
  const standing: string[] = [];
  for (const path of outputsOf({ ...plan, jobs: plan.jobs.filter(({ reason }) => reason === "new") }))
    if ((await files.hashOf(path)) !== undefined) standing.push(path);
  return standing;
}

function outputsOf({ jobs }: RunPlan): string[] {
  return jobs.flatMap(({ job }) => job.steps.flatMap((step) => (step.kind === "export" ? [step.path] : [])));
}
