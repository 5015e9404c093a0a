import type { Scalar } from "../../base/json.ts";

/** A recipe with what a program says in place of its fields: what the command line takes, with the same rules. */
export interface RecipeRequest {
  /** A file or the name of a bundled recipe; default `recipe.yaml` in `cwd`, or none where there are `prompts`. */
  readonly recipe?: string;
  /** The recipe itself, as YAML, in place of `recipe`: its relative paths start at `cwd`. At most 64 KiB. */
  readonly text?: string;
  /** Paths, folders, globs and URLs in place of the recipe's inputs. */
  readonly inputs?: readonly string[];
  /** In place of the recipe's prompts. */
  readonly prompts?: readonly string[];
  readonly params?: Readonly<Record<string, Scalar>>;
  /** Only jobs whose name matches one of these globs. */
  readonly only?: readonly string[];
  /** Only the first so many jobs. */
  readonly first?: number;
  /** Absolute; default the process's. */
  readonly cwd?: string;
  /** `cloud`, `local` or the address of a service; default by the config. */
  readonly backend?: string;
  /** Where relative outputs go. */
  readonly outDir?: string;
  /** Where the journal is; processes that share it never pay twice for the same. */
  readonly stateDir?: string;
  /** This config file and no other. */
  readonly config?: string;
  /** A named set of the config. */
  readonly profile?: string;
  /** Jobs at once. */
  readonly concurrency?: number;
  /** The most credits that the run may cost. */
  readonly maxCredits?: number;
  /** Spends on several jobs without a budget. */
  readonly yes?: boolean;
  /** A fresh take of what was made before. */
  readonly again?: boolean;
  /** Replaces files that nemo-recipe did not make. */
  readonly overwrite?: boolean;
  /** `NEMO_TOKEN` and the like; default the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Stops as Ctrl-C does: nothing new is sent, and what is paid is on record. */
  readonly signal?: AbortSignal;
}

/** The command line that asks for the same. */
export function argumentsOf(command: "run" | "plan", request: RecipeRequest): string[] {
  const { recipe, text, inputs = [], prompts = [], params = {}, only = [] } = request;
  const values = {
    "--backend": request.backend,
    "--out": request.outDir,
    "--state-dir": request.stateDir,
    "--config": request.config,
    "--profile": request.profile,
    "--first": request.first,
    "--concurrency": request.concurrency,
    "--max-credits": request.maxCredits,
  };
  const switches = { "--yes": request.yes, "--again": request.again, "--overwrite": request.overwrite };
  const named = text === undefined ? recipe : "-";
  return [
    command,
    "--json",
    ...Object.entries(values).flatMap(([flag, value]) => (value === undefined ? [] : [`${flag}=${value}`])),
    ...Object.entries(switches).flatMap(([flag, isOn]) => (isOn === true ? [flag] : [])),
    ...prompts.map((prompt) => `--prompt=${prompt}`),
    ...inputs.map((input) => `--input=${input}`),
    ...only.map((glob) => `--only=${glob}`),
    ...Object.entries(params).map(([name, value]) => `--param=${name}=${String(value)}`),
    ...(named === undefined ? [] : ["--", named]),
  ];
}
