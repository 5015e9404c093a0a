import type { Scalar } from "../../base/json.ts";
import { variableFor } from "../../plan/job-params.ts";
import { checkParam, readParam } from "../../recipe/read-param.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import type { Flags } from "../command-line/flags.ts";
import { readPairs } from "../read-pairs.ts";

interface Given {
  readonly flags: Flags;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The schedule entry's. */
  readonly entry?: Readonly<Record<string, Scalar>>;
}

/** The parameters of a run as a whole, where no row is meant. What has no value is absent. */
export function runParams({ params }: Recipe, { flags, env, entry = {} }: Given): Record<string, Scalar> {
  const pairs = readPairs(flags.param);
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, param]): [string, Scalar][] => {
      const given = pairs[name] ?? entry[name] ?? (env[variableFor(name)] || undefined) ?? param.default;
      if (given === undefined || given === null) return [];
      const read = typeof given === "string" ? readParam(param, given) : checkParam(param, given);
      return "value" in read ? [[name, read.value]] : [];
    }),
  );
}
