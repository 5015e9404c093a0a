import type { Hash } from "../base/hash.ts";
import type { Scalar } from "../base/json.ts";
import type { Recipe, Row } from "../recipe/recipe.ts";
import type { Paths } from "./paths.ts";
import type { JobSettings } from "./planned-job.ts";
import type { ProblemList } from "./problem-list.ts";
import type { RunTime } from "./run-time.ts";
import type { WatchedGroup } from "./watched-group.ts";

/** The run that a plan is made for. */
export interface RunFacts {
  readonly id: string;
  readonly startedAtMs: number;
  /** The slot's instant; absent outside a schedule. */
  readonly slotAtMs?: number;
  /** IANA name: the schedule entry's for a slot, else the machine's. */
  readonly timezone: string;
}

/** Values for params from outside the recipe: texts are read by the param's type. */
export interface GivenParams {
  /** `--param name=value`. */
  readonly flags: Readonly<Record<string, string>>;
  /** The schedule entry's. */
  readonly entry: Readonly<Record<string, Scalar>>;
}

/** All that the plan of one recipe is worked out from, but for its inputs. */
export interface PlanContext {
  readonly recipe: Recipe;
  /** Undefined where the recipe has no `rows`. */
  readonly rows?: readonly Row[];
  readonly given: GivenParams;
  /** The environment: `NEMO_PARAM_NAME`, and the names that the recipe lists in `env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunFacts;
  readonly time: RunTime;
  /** `local`, or the origin of the service. */
  readonly backend: string;
  /** Hash of the account's user id or token. */
  readonly account: string;
  /** The machine's language, for a recipe that names none. */
  readonly language: string;
  /** The backend's defaults. */
  readonly poll: JobSettings["poll"];
  /** Absolute folder that relative outputs start from and that no output may leave. */
  readonly outDir: string;
  /** Absolute folder that paths are shown relative to. */
  readonly cwd: string;
  readonly paths: Paths;
  readonly hash: Hash;
  /** The group that a watch found; absent where the recipe's own inputs are meant. */
  readonly group?: WatchedGroup;
  /** Folded paths of other jobs' outputs: an output that would be one of them gets a number. */
  readonly takenPaths?: ReadonlySet<string>;
  readonly problems: ProblemList;
}
