import type { BudgetLeft, RunPlan } from "../plan/run-plan.ts";
import type { Account } from "../executor/ports.ts";
import type { Budget } from "../recipe/recipe.ts";
import { exitCodes } from "./exit-code.ts";
import { Stop } from "./stop.ts";
import { tokenLifetime } from "./token-lifetime.ts";

export interface ConsentFacts {
  readonly plan: RunPlan;
  /** `local`, or the origin of the service. */
  readonly backend: string;
  /** Of flags and config. */
  readonly budget: Budget;
  /** By the recipe's name. */
  readonly recipeBudgets: ReadonlyMap<string, Budget>;
  readonly yes: boolean;
  /** Whether the command has the flags that choose among the jobs. */
  readonly mayChoose: boolean;
  /** The step that helps when the balance does not cover the run. */
  readonly topUp: string;
  /** Where it is known. */
  readonly account?: Account;
  readonly nowMs: number;
}

/** What stands between a plan and its first paid turn. */
export type Consent =
  | { readonly verdict: "go"; readonly warning?: string; readonly tokenWarning?: string }
  | { readonly verdict: "refuse"; readonly stop: Stop }
  /** Only a person's yes will do. */
  | {
      readonly verdict: "ask";
      readonly question: string;
      /** All that a person should know first. */
      readonly warning?: string;
      /** The part of it that is about the token. */
      readonly tokenWarning?: string;
    };

/** Decides whether a run may begin to spend: budgets first, then the balance, then consent. */
export function consentFor(facts: ConsentFacts): Consent {
  const { plan, backend } = facts;
  if (backend === "local" || plan.totals.paying === 0) return { verdict: "go" };
  const token = tokenLifetime(facts);
  const refused = overBudget(facts) ?? overBalance(facts) ?? token.refused;
  if (refused !== undefined) return { verdict: "refuse", stop: refused };
  const warnings = [mayRunShort(plan), token.warning].filter((text) => text !== undefined);
  const more = {
    ...(warnings.length > 0 && { warning: warnings.join("\n") }),
    ...(token.warning !== undefined && { tokenWarning: token.warning }),
  };
  const lost = plan.jobs.reduce((sum, job) => sum + (job.lostCredits ?? 0), 0);
  if (facts.yes || hasBudget(facts) || (plan.totals.paying === 1 && lost === 0))
    return { verdict: "go", ...more };
  return { verdict: "ask", question: questionFor(plan, lost), ...more };
}

/** Said where nobody is there to be asked. */
export function refusedWithoutConsent(plan: RunPlan): Stop {
  const { paying, credits } = plan.totals;
  return new Stop(
    exitCodes.refused,
    `${paying === 1 ? "1 job" : `${paying} jobs`} may cost up to ${credits.high} credits, and nobody has agreed to that.`,
    {
      code: "no-consent",
      hint: "Nothing was sent. Say --yes, or set a limit: --max-credits, or budget in the recipe or config.",
    },
  );
}

function questionFor({ totals }: RunPlan, lost: number): string {
  const { low, high } = totals.credits;
  const again = lost === 0 ? "" : ` (of which ${lost} were paid before, for work that the service has lost)`;
  const jobs = totals.paying === 1 ? "1 job costs" : `${totals.paying} jobs cost`;
  return `${jobs} ${low === high ? low : `${low} to ${high}`} credits${again}. Go on?`;
}

function overBudget({ plan, budget, recipeBudgets, mayChoose }: ConsentFacts): Stop | undefined {
  const fewer = mayChoose && plan.totals.paying > 1 ? "make fewer jobs: --only, --first" : undefined;
  const refuse = (what: string, high: number, limit: number): Stop =>
    new Stop(exitCodes.refused, `${what} may cost up to ${high} credits, and the limit is ${limit}.`, {
      code: "over-budget",
      hint: `Nothing was sent. Raise the limit${fewer === undefined ? "" : `, or ${fewer}`}.`,
    });
  const { high } = plan.totals.credits;
  for (const { scope, left, credits, from, recipe } of plan.budgets ?? []) {
    if (scope !== "day" && scope !== "month") continue;
    const meant = plan.jobs.filter(({ job }) => recipe === undefined || job.recipe === recipe);
    const sum = meant.reduce((total, job) => total + job.credits.high, 0);
    const what = recipe ?? "this run";
    if (sum > left) return overPeriod({ scope, left, credits, from }, { what, high: sum, fewer });
  }
  if (budget.perRun !== undefined && high > budget.perRun) return refuse("this run", high, budget.perRun);
  for (const [recipe, limits] of recipeBudgets) {
    const jobs = plan.jobs.filter(({ job }) => job.recipe === recipe);
    const sum = jobs.reduce((total, { credits }) => total + credits.high, 0);
    if (limits.perRun !== undefined && sum > limits.perRun) return refuse(recipe, sum, limits.perRun);
  }
  for (const { job, credits } of plan.jobs) {
    const perJob = Math.min(budget.perJob ?? Infinity, recipeBudgets.get(job.recipe)?.perJob ?? Infinity);
    if (credits.high > perJob) return refuse(`the job ${job.name}`, credits.high, perJob);
  }
  return undefined;
}

/** What is left of a day or a month also counts what other runs, on this machine, have spent and reserved. */
function overPeriod(
  { scope, left, credits, from }: Pick<BudgetLeft, "scope" | "left" | "credits" | "from">,
  { what, high, fewer }: { readonly what: string; readonly high: number; readonly fewer: string | undefined },
): Stop {
  const [period, next] = scope === "day" ? ["a day", "tomorrow"] : ["a month", "next month"];
  const message = `${what} may cost up to ${high} credits, and of the ${credits} ${period} (${from}) ${Math.max(0, left)} are left.`;
  const ways = ["raise the limit", `wait until ${next}`, ...(fewer === undefined ? [] : [fewer])];
  const hint = `Nothing was sent. ${oneOf(ways)}.`;
  return new Stop(exitCodes.refused, message, { code: "over-budget", hint });
}

/** `Raise the limit, wait until tomorrow, or make fewer jobs`. */
function oneOf(ways: readonly string[]): string {
  const last = ways.at(-1) ?? "";
  const text = `${ways.slice(0, -1).join(", ")}${ways.length > 2 ? "," : ""} or ${last}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function overBalance({ plan, topUp }: ConsentFacts): Stop | undefined {
  const { balance, totals } = plan;
  if (balance === undefined || balance.available >= totals.credits.low) return undefined;
  const message = `the run costs at least ${totals.credits.low} credits, and ${balance.available} are available.`;
  return new Stop(exitCodes.refused, message, { code: "no-credits", hint: `Nothing was sent. ${topUp}` });
}

function mayRunShort({ balance, totals }: RunPlan): string | undefined {
  if (balance === undefined || balance.available >= totals.credits.high) return undefined;
  return `the run may cost up to ${totals.credits.high} credits, and ${balance.available} are available: it may stop half way.`;
}

function hasBudget({ plan, budget, recipeBudgets }: ConsentFacts): boolean {
  if (Object.keys(budget).length > 0) return true;
  return plan.recipes.every(({ name }) => Object.keys(recipeBudgets.get(name) ?? {}).length > 0);
}
