import type { Scalar } from "../base/json.ts";
import type { Account } from "../executor/ports.ts";
import type { PlanRequest } from "../executor/plan-request.ts";
import { planRun } from "../executor/plan-run.ts";
import { Failure } from "../base/failure.ts";
import type { Config } from "../config/config.ts";
import { pathsFor } from "../plan/paths.ts";
import type { RunPlan } from "../plan/run-plan.ts";
import type { Recipe } from "../recipe/recipe.ts";
import type { Call } from "./call.ts";
import { budgetsLeft } from "./budgets-left.ts";
import { knownAccount } from "./known-account.ts";
import { languageOf } from "./language-of.ts";
import { machineZone } from "./machine-zone.ts";
import type { World } from "./open-world.ts";
import { readPairs } from "./read-pairs.ts";

export interface PlanOrder {
  readonly call: Call;
  readonly config: Config;
  readonly world: World;
  readonly recipes: readonly Recipe[];
  /** Media among the arguments. */
  readonly inputs: readonly string[];
  readonly runId: string;
  readonly slot?: SlotFacts;
  /** What a watch found, in place of the recipe's inputs. */
  readonly group?: PlanRequest["group"];
  readonly taken?: PlanRequest["taken"];
  readonly balance: "always" | "when-paying";
}

/** What a slot adds to the run that it asks for. */
export interface SlotFacts {
  readonly atMs: number;
  /** IANA name: the entry's. */
  readonly timezone: string;
  /** The entry's. */
  readonly params: Readonly<Record<string, Scalar>>;
}

export interface MadePlan {
  readonly plan: RunPlan;
  readonly account?: Account;
}

/**
 * The plan of a run. Where the account is not known yet, the recipe and its inputs are checked before the service
 * is asked for one: tokens are rationed, and a mistake needs none.
 */
export async function makePlan(order: PlanOrder): Promise<MadePlan> {
  const { call, config, world } = order;
  const known = await knownAccount(call, config, world);
  if (known !== undefined) return { plan: await planWith(order, known.id), account: known };
  const draft = await draftPlan(order);
  if (draft.problems.some(({ severity }) => severity === "error") || draft.totals.paying === 0)
    return { plan: draft };
  const account = await world.service.account();
  return { plan: await planWith(order, account.id), account };
}

/** A plan that asks the service for nothing, to see whether the recipe can be made at all. */
export function draftPlan(order: PlanOrder): Promise<RunPlan> {
  return planWith({ ...order, world: withoutBalance(order.world) }, "none");
}

/** The plan for an account that is known. */
export async function planWith(order: PlanOrder, account: string): Promise<RunPlan> {
  const { call, config, world, recipes, inputs, runId, slot, group, taken, balance } = order;
  const { flags, io } = call;
  const wanted = [...(flags.input ?? []), ...inputs];
  const plan = await planRun(
    {
      recipes,
      params: readPairs(flags.param),
      ...(slot !== undefined && { entryParams: slot.params }),
      env: io.env,
      language: languageOf(io.env),
      run: {
        id: runId,
        startedAtMs: world.clock.now(),
        ...(slot !== undefined && { slotAtMs: slot.atMs }),
        timezone: slot?.timezone ?? machineZone(),
      },
      backend: world.backend,
      account,
      poll: world.poll,
      cwd: io.cwd,
      paths: pathsFor(io.platform === "win32"),
      overrides: {
        ...(wanted.length > 0 && { inputs: wanted }),
        ...(config.outDir !== undefined && { outDir: config.outDir }),
        ...(flags.only !== undefined && { only: flags.only }),
        ...(flags.first !== undefined && { first: flags.first }),
        again: flags.again === true,
        overwrite: flags.overwrite === true,
      },
      ...(group !== undefined && { group }),
      ...(taken !== undefined && { taken }),
      balance,
    },
    world,
  );
  const budgets = await budgetsLeft(plan, {
    backend: world.backend,
    config,
    recipes,
    journal: world.journal,
    nowMs: world.clock.now(),
  });
  const { concurrency } = flags;
  if (concurrency === undefined) return { ...plan, budgets };
  return { ...plan, budgets, recipes: plan.recipes.map(({ name, file }) => ({ name, file, concurrency })) };
}

function withoutBalance(world: World): World {
  const credits = (): never => {
    throw new Failure({ code: "unreachable", message: "it was not asked", sent: "not-sent" });
  };
  return { ...world, service: { ...world.service, credits } };
}
