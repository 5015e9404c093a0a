import type { Config } from "../../config/config.ts";
import type { JobQueue } from "../../executor/job-queue.ts";
import type { MoneyRules } from "../../executor/run-request.ts";
import type { RunPlan } from "../../plan/run-plan.ts";
import type { Call } from "../call.ts";
import type { World } from "../open-world.ts";
import type { WatchTaps } from "./watch-taps.ts";

/** What all recipes of `up` share. */
export interface UpShared {
  readonly call: Call;
  readonly world: World;
  readonly queue: JobQueue;
  readonly taps: WatchTaps;
  /** As it was read last. */
  readonly config: () => Config;
  /** Waits for a service that does not answer. */
  readonly accountId: () => Promise<string>;
  /** By the budgets as they were read last. */
  readonly moneyFor: (figures: RunPlan["figures"]) => MoneyRules;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
}
