import type { z } from "zod";
import { nearMiss } from "../base/near-miss.ts";
import type { Problem } from "../recipe/problem.ts";
import { configComplaint } from "./config-complaint.ts";
import { configJsonSchema, configSchema } from "./config-schema.ts";
import type { RawConfig } from "./raw-config.ts";
import { secretKeys } from "./secret-keys.ts";
import { nodesAt } from "./schema-node.ts";

/** The config as it is written in `file`, or every problem with it. */
export function checkConfig(
  value: unknown,
  file: string,
): { readonly raw?: RawConfig; readonly problems: readonly Problem[] } {
  const result = configSchema.safeParse(value);
  if (result.success) return { raw: result.data, problems: [] };
  const problems = flatten(result.error.issues).flatMap((issue) => problemsOf(issue, { value, file }));
  return { problems: [...new Map(problems.map((problem) => [problem.message, problem])).values()] };
}

type Issue = z.core.$ZodIssue;

/** Of a union, the branch that came nearest says what is wrong. */
function flatten(issues: readonly Issue[], path: readonly PropertyKey[] = []): Issue[] {
  return issues.flatMap((issue) => {
    const full = { ...issue, path: [...path, ...issue.path] };
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return [full];
    const deepest =
      issue.errors.find((branch) => branch.some(({ path: inner }) => inner.length > 0)) ??
      issue.errors.find((branch) =>
        branch.some(({ code }) => code === "unrecognized_keys" || code === "custom"),
      );
    return deepest === undefined || full.message.startsWith("expected")
      ? [full]
      : flatten(deepest, full.path);
  });
}

interface Checked {
  readonly value: unknown;
  readonly file: string;
}

function problemsOf(issue: Issue, { value, file }: Checked): Problem[] {
  const at = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(issue.path);
    return issue.keys.map((key) => unknownKey({ file, at, key, known }));
  }
  const isKey = issue.code === "invalid_key";
  const found = isKey ? at.split(".").at(-1) : valueAt(value, issue.path);
  const said = isKey ? "expected a slug: small letters, digits and dashes, at most 63" : issue.message;
  const nodes = nodesAt(configJsonSchema(), issue.path);
  const isSecret = issue.path.some((key) => secretKeys.has(key));
  const { message, hint } = configComplaint({ value: found, nodes, said, isSecret });
  return [
    {
      severity: "error",
      code: "bad-config",
      message: `${file}: ${at === "" ? "the config" : at}: ${message}`,
      ...(hint !== undefined && { hint }),
    },
  ];
}

function unknownKey(found: { file: string; at: string; key: string; known: readonly string[] }): Problem {
  const near = nearMiss(found.key, found.known);
  const name = found.at === "" ? found.key : `${found.at}.${found.key}`;
  const hint = near === undefined ? `known keys: ${found.known.join(", ")}` : `did you mean "${near}"?`;
  return { severity: "error", code: "unknown-key", message: `${found.file}: unknown key "${name}"`, hint };
}

/** The keys that the schema has at a path. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  const nodes = nodesAt(configJsonSchema(), path);
  return nodes.flatMap(({ properties }) => Object.keys(properties ?? {})).filter((key) => key !== "$schema");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}
