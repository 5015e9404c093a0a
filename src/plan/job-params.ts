import type { Scalar } from "../base/json.ts";
import { checkParam, readParam } from "../recipe/read-param.ts";
import type { Param } from "../recipe/recipe.ts";
import type { JobSeed } from "./job-seeds.ts";
import type { PlanContext } from "./plan-context.ts";

/**
 * The parameters of one job, typed. `--param` goes before the row's column, then the schedule entry, the environment
 * (`NEMO_PARAM_NAME`) and the default. Undefined where one is wrong or missing, which is a problem then. One that is
 * neither required nor given is absent: a template that names it says so.
 */
export function jobParams(context: PlanContext, seed: JobSeed): Record<string, Scalar> | undefined {
  const values: Record<string, Scalar> = {};
  let complete = true;
  for (const [name, param] of Object.entries(context.recipe.params)) {
    const given = givenValue(context, seed, name);
    if (given === undefined) {
      if (param.default !== undefined) values[name] = param.default;
      else if (param.required) {
        complete = false;
        refuseMissing(context, { name, param, seed });
      }
      continue;
    }
    const read =
      typeof given.value === "string" ? readParam(param, given.value) : checkParam(param, given.value);
    if ("value" in read) values[name] = read.value;
    else {
      complete = false;
      const message = `${given.from}: ${read.message}`;
      const hint = read.hint ?? param.description;
      context.problems.add({
        severity: "error",
        code: "param-value",
        message,
        ...(hint && { hint }),
        place: param.place,
      });
    }
  }
  return complete ? values : undefined;
}

interface Given {
  readonly value: Scalar;
  /** How the message names it. */
  readonly from: string;
}

function givenValue({ given, env }: PlanContext, seed: JobSeed, name: string): Given | undefined {
  const flag = given.flags[name];
  if (flag !== undefined) return { value: flag, from: `--param ${name}=${flag}` };
  const column = seed.row?.values[name];
  if (column !== undefined && column !== null && column !== "") {
    return { value: column, from: `column "${name}" of row "${seed.row?.name}"` };
  }
  const entry = given.entry[name];
  if (entry !== undefined && entry !== null)
    return { value: entry, from: `${name} in the schedule's params` };
  const variable = variableFor(name);
  const text = env[variable];
  return text === undefined || text === "" ? undefined : { value: text, from: variable };
}

/** `product name` → `NEMO_PARAM_PRODUCT_NAME`. */
export function variableFor(name: string): string {
  return `NEMO_PARAM_${name.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
}

function refuseMissing(
  { problems, rows }: PlanContext,
  { name, param, seed }: { readonly name: string; readonly param: Param; readonly seed: JobSeed },
): void {
  const where = seed.row === undefined ? "" : ` in row "${seed.row.name}"`;
  const about = param.description === undefined ? "" : ` (${param.description})`;
  const column = rows === undefined ? "" : `a column "${name}", `;
  problems.add({
    severity: "error",
    code: "param-missing",
    message: `parameter "${name}"${about} has no value${where}`,
    hint: `give it by --param ${name}=…, ${column}${variableFor(name)}, or a \`default\``,
    place: param.place,
  });
}
