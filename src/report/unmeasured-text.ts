import { countOf } from "../base/count-of.ts";

/** What became of credits that nobody could measure, and what helps where they fill a budget. */
export const unmeasuredText = (credits: number): string =>
  `not measured: budgets count ${countOf(credits, "credit")}, the most that it may have cost, and keep to that; where the balance shows that it was less, raise the budget by the difference`;
