import type { Scalar } from "../base/json.ts";
import { nearMiss } from "../base/near-miss.ts";
import type { Node, Path } from "./node.ts";
import { keyAt, nodeAt } from "./node.ts";
import { compilePattern } from "./pattern.ts";
import type { Problem } from "./problem.ts";
import { checkParam } from "./read-param.ts";
import type { Param } from "./recipe.ts";
import type { ParamData } from "./schema/param-schema.ts";
import type { RecipeData } from "./schema/whole-recipe.ts";
import type { Complaint } from "./source.ts";
import { problemAt } from "./source.ts";

/** A parameter with its type worked out: as said, else that of its default or first `enum` value, else text. */
export function finishParam(data: ParamData): Omit<Param, "place"> {
  const { enum: allowed, default: fallback, ...rest } = data;
  return {
    ...rest,
    type: data.type ?? typeOf(fallback ?? allowed?.[0]),
    ...(fallback !== undefined && fallback !== null && { default: fallback }),
    ...(allowed !== undefined && { enum: allowed.filter(isAllowed) }),
  };
}

const isAllowed = (value: Scalar): value is string | number =>
  typeof value === "string" || typeof value === "number";

function typeOf(value: Scalar | undefined): Param["type"] {
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "boolean" : "string";
}

/** What contradicts itself in the parameters, and in the values that schedule entries give them. */
export function checkParams({ params, schedule }: RecipeData, root: Node): Problem[] {
  const problems: Problem[] = [];
  for (const [name, data] of Object.entries(params)) {
    for (const { at, ...complaint } of complaints(name, data))
      problems.push(problemAt(spanAt(root, ["params", name], at), complaint));
  }
  for (const [index, entry] of schedule.entries()) {
    for (const [name, value] of Object.entries(entry.params)) {
      const complaint = entryComplaint(params, name, value);
      if (complaint !== undefined)
        problems.push(problemAt(keyAt(root, ["schedule", index, "params"], name), complaint));
    }
  }
  return problems;
}

type Placed = Complaint & { readonly at: string | undefined };

function* complaints(name: string, data: ParamData): Generator<Placed> {
  const param = finishParam(data);
  const bad = (at: string | undefined, message: string, hint?: string): Placed => ({
    at,
    code: "bad-param",
    message: `\`params.${name}\`: ${message}`,
    ...(hint !== undefined && { hint }),
  });
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name))
    yield bad(undefined, "a parameter's name starts with a letter and has letters, digits, `_` and `-` only");
  if (param.required && data.default !== undefined)
    yield bad(
      "required",
      "a parameter with a `default` is never missing",
      "keep one of `required` and `default`",
    );
  const isNumeric = param.type === "number" || param.type === "integer";
  for (const bound of ["min", "max"] as const)
    if (data[bound] !== undefined && !isNumeric)
      yield bad(bound, `\`${bound}\` is for numbers, not for ${param.type}`);
  if (data.min !== undefined && data.max !== undefined && data.min > data.max)
    yield bad("min", "`min` is more than `max`");
  if (data.pattern !== undefined) {
    const compiled = compilePattern(data.pattern);
    if (param.type !== "string") yield bad("pattern", `\`pattern\` is for string, not for ${param.type}`);
    else if ("message" in compiled) yield { at: "pattern", code: "bad-pattern", message: compiled.message };
  }
  const { enum: _values, ...withoutEnum } = param;
  for (const value of data.enum ?? []) {
    const read = checkParam(withoutEnum, value);
    if ("message" in read) yield bad("enum", read.message, read.hint);
  }
  if (data.default === undefined) return;
  const read = checkParam(param, data.default);
  const hint =
    data.default === null ? 'write a value, `""` for an empty text, or `{ required: true }`' : undefined;
  if ("message" in read) yield bad("default", `the default ${read.message}`, read.hint ?? hint);
}

function entryComplaint(params: RecipeData["params"], name: string, value: Scalar): Complaint | undefined {
  const data = Object.hasOwn(params, name) ? params[name] : undefined;
  if (data === undefined) {
    const near = nearMiss(name, Object.keys(params));
    const hint = near === undefined ? "declare it in `params`" : `did you mean \`${near}\`?`;
    return { code: "unknown-param", message: `there is no parameter \`${name}\``, hint };
  }
  const read = checkParam(finishParam(data), value);
  return "value" in read
    ? undefined
    : { code: "param-value", ...read, message: `\`${name}\`: ${read.message}` };
}

function spanAt(root: Node, path: Path, key: string | undefined): ReturnType<typeof keyAt> {
  if (key === undefined) return keyAt(root, path.slice(0, -1), String(path.at(-1)));
  return nodeAt(root, [...path, key]);
}
