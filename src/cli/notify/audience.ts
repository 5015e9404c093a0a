import type { Config } from "../../config/config.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import type { SlotFacts } from "../make-plan.ts";

/** What a run needs to know to tell people elsewhere how it went. */
export interface Audience {
  readonly config: Config;
  /** Those that the run's jobs come from, as far as they are known: what they say of `notify` goes before the config. */
  readonly recipes: readonly Recipe[];
  readonly slot?: SlotFacts;
  /** Ctrl-C: whoever waits for messages to leave waits no longer than a few seconds. */
  readonly signal: AbortSignal;
}
