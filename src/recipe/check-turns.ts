import { nearMiss } from "../base/near-miss.ts";
import type { DataCheck } from "./data-check.ts";
import type { Node } from "./node.ts";
import { child, items } from "./node.ts";
import type { Problem } from "./problem.ts";
import { problemAt } from "./source.ts";

/** Prompts that are missing, refinements and checks that do nothing, variants with one name. */
export function checkTurns(check: DataCheck): Problem[] {
  const { root } = check;
  const holders = [root, ...items(child(root, "inputs"))];
  const refinements = holders.flatMap((holder) => items(child(holder, "refinements")));
  const checks = [
    child(root, "expect"),
    ...refinements.map((node) => child(node, "unless")),
    ...items(child(root, "variants")).map((node) => child(node, "expect")),
  ];
  return [
    ...missingPrompts(check),
    ...refinements.flatMap(idleAtMost),
    ...checks.flatMap(emptyCheck),
    ...sameVariants(check),
  ];
}

function missingPrompts({ data, broken, root }: DataCheck): Problem[] {
  if (child(root, "prompts") !== undefined || broken.has("inputs") || broken.has("batch")) return [];
  if ([...broken].some((key) => nearMiss(key, ["prompts"]) !== undefined)) return [];
  const inputs = data.batch === "together" || data.watch !== undefined ? [] : data.inputs;
  if (inputs.length > 0 && inputs.every((input) => input.prompts !== undefined)) return [];
  const hint = "the smallest recipe is one line: prompts: make a 10-second video of a sunset";
  return [problemAt(root, { code: "missing-key", message: "a recipe needs `prompts`", hint })];
}

function idleAtMost(node: Node): Problem[] {
  const atMost = child(node, "atMost");
  if (atMost === undefined || child(node, "unless") !== undefined) return [];
  const message = "`atMost` does nothing without `unless`: the refinement is sent once";
  return [problemAt(atMost, { code: "needs-other", message, hint: "add `unless`, or remove `atMost`" })];
}

function emptyCheck(node: Node | undefined): Problem[] {
  if (node?.kind !== "map") return [];
  const tracks = child(node, "tracks");
  const empty =
    node.entries.size === 0 ? node : tracks?.kind === "map" && tracks.entries.size === 0 ? tracks : undefined;
  if (empty === undefined) return [];
  return [
    problemAt(empty, { code: "bad-value", message: "an empty check checks nothing", hint: "remove it" }),
  ];
}

function sameVariants({ data, root }: DataCheck): Problem[] {
  const nodes = items(child(root, "variants"));
  const seen = new Set<string>();
  return data.variants.flatMap(({ name }, index) => {
    if (typeof name !== "string") return [];
    const key = name.toLowerCase();
    const isKnown = seen.has(key);
    seen.add(key);
    const node = nodes[index];
    if (!isKnown || node === undefined) return [];
    const message = `two variants are called \`${name}\`, and their files would be too`;
    return [problemAt(child(node, "name") ?? node, { code: "duplicate-name", message, hint: "rename one" })];
  });
}
