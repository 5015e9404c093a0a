import type { Hash } from "../base/hash.ts";
import type { Scalar } from "../base/json.ts";
import type { Paths } from "../plan/paths.ts";
import type { RunFacts } from "../plan/plan-context.ts";
import type { JobSettings } from "../plan/planned-job.ts";
import type { WatchedGroup } from "../plan/watched-group.ts";
import type { Recipe } from "../recipe/recipe.ts";
import type { InputPorts } from "./collect-inputs.ts";
import type { NemoService } from "./ports.ts";

export interface PlanRequest {
  readonly recipes: readonly Recipe[];
  /** `--param name=value`, as text. */
  readonly params: Readonly<Record<string, string>>;
  /** The schedule entry's params. */
  readonly entryParams?: Readonly<Record<string, Scalar>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The machine's language, for recipes that name none. */
  readonly language: string;
  readonly run: RunFacts;
  /** `local`, or the origin of the service. */
  readonly backend: string;
  /** Hash of the account's user id or token. */
  readonly account: string;
  /** The backend's defaults. */
  readonly poll: JobSettings["poll"];
  /** Absolute. */
  readonly cwd: string;
  readonly paths: Paths;
  readonly overrides: PlanOverrides;
  /** What a watch found ready: it takes the place of every recipe's `inputs`. */
  readonly group?: WatchedGroup;
  /** What jobs have that were planned before, and that are not to be given out again. */
  readonly taken?: { readonly nameFor: (name: string) => string; readonly paths: ReadonlySet<string> };
  /** When to ask the service for the balance; the local backend is never asked. */
  readonly balance: "always" | "when-paying";
}

/** What the command line says about the plan. */
export interface PlanOverrides {
  /** Paths, folders, globs and URLs that take the place of every recipe's `inputs`; paths start at `cwd`. */
  readonly inputs?: readonly string[];
  /** `--out`, else the config's `outDir`; relative to `cwd`. */
  readonly outDir?: string;
  /** Globs of job names; empty means all. */
  readonly only?: readonly string[];
  /** The first n of the jobs that are left. */
  readonly first?: number;
  readonly again?: boolean;
  readonly overwrite?: boolean;
}

export interface PlanPorts extends InputPorts {
  readonly service: Pick<NemoService, "credits">;
  readonly hash: Hash;
}
