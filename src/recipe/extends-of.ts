import type { Node, ScalarNode } from "./node.ts";
import { child } from "./node.ts";
import { readYaml } from "./read-yaml.ts";
import type { Templated } from "./recipe.ts";
import type { RecipeText, Span } from "./source.ts";
import { placeOf, sourceOf } from "./source.ts";
import { rememberNode } from "./template-places.ts";
import { opening } from "./template.ts";

export interface Extends {
  /** A path, or the name of a bundled recipe; a template may name this recipe's parameters. */
  readonly target: Templated<string>;
  readonly at: Span;
  /** Defaults of this recipe's parameters. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** What a recipe says it extends; undefined where it extends nothing, or where its text is no YAML. */
export function extendsOf(recipe: RecipeText): Extends | undefined {
  if (!recipe.text.includes("extends")) return undefined;
  const { root } = readYaml(sourceOf(recipe));
  const node = child(root, "extends");
  if (node?.kind !== "scalar" || typeof node.value !== "string" || node.value.trim() === "") return undefined;
  return { target: targetOf(node, node.value), at: node, params: defaults(child(root, "params")) };
}

function targetOf(node: ScalarNode, value: string): Templated<string> {
  if (!value.includes(opening)) return value.trim();
  const place = placeOf(node);
  rememberNode(place, node);
  return { template: value, place, as: "text" };
}

function defaults(params: Node | undefined): Record<string, unknown> {
  const values: [string, unknown][] = [];
  if (params?.kind !== "map") return {};
  for (const [name, { value }] of params.entries) {
    const fallback = value.kind === "map" ? child(value, "default") : value;
    if (fallback?.kind === "scalar" && fallback.value !== null) values.push([name, fallback.value]);
  }
  return Object.fromEntries(values);
}
