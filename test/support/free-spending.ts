import type { MoneyRules } from "../../src/executor/run-request.ts";

/** No budget; a hundred credits are set aside a turn, as on a machine without a history. */
export const freeSpending: MoneyRules = { limitsFor: () => [], reserveFor: () => 100 };
