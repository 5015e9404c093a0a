// config/: One Config from flags, environment, file and defaults, with the origin of each value.
import type { Budget, Occasion, Poll, RetryPolicy, Timeouts } from "../recipe/recipe.ts";

/** What is set outside of recipes. Paths are absolute, durations in milliseconds. */
export interface Config {
  readonly backend: "cloud" | "local";
  /** Origin of the service. */
  readonly apiUrl: string;
  /** The service's site. */
  readonly webUrl: string;
  /** Jobs of all recipes at once. */
  readonly concurrency: number;
  /** Where relative outputs go; absent: the recipe's folder. */
  readonly outDir?: string;
  readonly stateDir: string;
  readonly budget: Budget;
  /** Which limit of the budget `--max-credits` has set, in place of the file. */
  readonly flagLimit?: "job" | "run" | "day";
  readonly retry: Partial<RetryPolicy>;
  readonly timeouts: Partial<Timeouts>;
  readonly poll: Poll;
  /** Versions of skills that are not among the known ones, by name. */
  readonly skills: Readonly<Record<string, string>>;
  readonly notify: readonly ConfigNotification[];
  /** Recipes to watch and schedule together. */
  readonly up: readonly string[];
  /** Where `up` tells how it goes: an address on loopback, as it was written. */
  readonly health?: string;
  /** Secret: never shown. */
  readonly token?: string;
  /** Secret: never shown. */
  readonly clientId?: string;
  readonly skillSource?: string;
}

export interface ConfigNotification {
  readonly on: readonly Occasion[];
  readonly webhook?: string;
  readonly slack?: string;
  readonly discord?: string;
  readonly command?: readonly string[];
}

/** One value and where it comes from: `--backend`, `NEMO_API_URL`, `/path/of/config.yaml`, `default`. */
export interface Origin {
  readonly key: string;
  /** As people may see it: secrets say only that they are set. */
  readonly shown: string;
  readonly origin: string;
}

/** The flags that say the same as a key of the config. */
export interface ConfigFlags {
  readonly backend?: string;
  readonly concurrency?: number;
  readonly out?: string;
  readonly stateDir?: string;
  readonly maxCredits?: number;
}
