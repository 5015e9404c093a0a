import type { z } from "zod";
import { nearMiss } from "../base/near-miss.ts";
import type { Problem } from "../recipe/problem.ts";
import { configJsonSchema, configSchema } from "./config-schema.ts";
import type { RawConfig } from "./raw-config.ts";

/** The config as it is written in `file`, or every problem with it. */
export function checkConfig(
  value: unknown,
  file: string,
): { readonly raw?: RawConfig; readonly problems: readonly Problem[] } {
  const result = configSchema.safeParse(value);
  if (result.success) return { raw: result.data, problems: [] };
  return { problems: flatten(result.error.issues).flatMap((issue) => problemsOf(issue, file)) };
}

type Issue = z.core.$ZodIssue;

/** Of a union, the branch that came nearest says what is wrong. */
function flatten(issues: readonly Issue[], path: readonly PropertyKey[] = []): Issue[] {
  return issues.flatMap((issue) => {
    const full = { ...issue, path: [...path, ...issue.path] };
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return [full];
    const deepest = issue.errors.find((branch) =>
      branch.some((inner) => inner.code !== "invalid_type" || inner.path.length > 0),
    );
    return deepest === undefined ? [full] : flatten(deepest, full.path);
  });
}

function problemsOf(issue: Issue, file: string): Problem[] {
  const at = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(configJsonSchema(), issue.path);
    return issue.keys.map((key) => unknownKey({ file, at, key, known }));
  }
  return [
    {
      severity: "error",
      code: "bad-config",
      message: `${file}: ${at === "" ? "the config" : at}: ${issue.message}`,
    },
  ];
}

function unknownKey(found: { file: string; at: string; key: string; known: readonly string[] }): Problem {
  const near = nearMiss(found.key, found.known);
  const name = found.at === "" ? found.key : `${found.at}.${found.key}`;
  const hint = near === undefined ? `known keys: ${found.known.join(", ")}` : `did you mean "${near}"?`;
  return { severity: "error", code: "unknown-key", message: `${found.file}: unknown key "${name}"`, hint };
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

/** The keys that the schema has at a path, so that the list can never differ from it. */
function knownKeys(node: SchemaNode, path: readonly PropertyKey[]): string[] {
  const [next, ...rest] = path;
  const branches = (node.anyOf ?? []).flatMap((branch) => knownKeys(branch, path));
  if (next === undefined)
    return [...Object.keys(node.properties ?? {}).filter((key) => key !== "$schema"), ...branches];
  const any = typeof node.additionalProperties === "object" ? node.additionalProperties : undefined;
  const child = typeof next === "number" ? node.items : (node.properties?.[String(next)] ?? any);
  return [...(child === undefined ? [] : knownKeys(child, rest)), ...branches];
}
