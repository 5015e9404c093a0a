import type { MoneyRules } from "../../executor/run-request.ts";
import { moneyRules } from "../money-rules.ts";
import type { UpShared } from "./up-shared.ts";
import type { Setup } from "./setup.ts";

/** The budgets as they stand in config and recipes now: a job that waits for room hears of a limit that was raised. */
export function liveMoney(backend: string, setup: () => Setup): UpShared["moneyFor"] {
  return (figures): MoneyRules => {
    const rules = (): MoneyRules => {
      const { config, editions } = setup();
      const recipes = editions.map(({ recipe }) => recipe);
      return moneyRules({ backend, config, recipes, figures });
    };
    return {
      limitsFor(job, nowMs) {
        const now = setup().editions.find(({ recipe }) => recipe.name === job.recipe)?.recipe;
        const budget = now?.budget ?? job.settings.budget;
        const settings = budget === undefined ? job.settings : { ...job.settings, budget };
        return rules().limitsFor({ ...job, settings }, nowMs);
      },
      reserveFor: (job, step) => rules().reserveFor(job, step),
    };
  };
}
