import type { MapNode, Node } from "./node.ts";
import { child, items } from "./node.ts";

/** What a recipe says about the names that its templates may use. */
export interface NameFacts {
  readonly params: readonly string[];
  readonly matrix: readonly string[];
  /** The columns; `any` where they are in a file; undefined without rows. */
  readonly row: readonly string[] | "any" | undefined;
  readonly env: readonly string[];
  readonly hasVariants: boolean;
  readonly hasInput: boolean;
  readonly hasGroup: boolean;
}

export function nameFacts(root: MapNode): NameFacts {
  const batch = scalarAt(root, "batch");
  const watch = child(root, "watch");
  const group = watch === undefined ? undefined : (scalarAt(watch, "group") ?? "file");
  const inputs = items(child(root, "inputs"));
  return {
    params: keys(child(root, "params")),
    matrix: keys(child(root, "matrix")),
    row: columns(child(root, "rows")),
    env: items(child(root, "env")).flatMap((node) => (node.kind === "scalar" ? [String(node.value)] : [])),
    hasVariants: items(child(root, "variants")).length > 0,
    hasInput: batch === "each" || batch === "sequence" || group === "file" || inputs.length === 1,
    hasGroup: group === "folder",
  };
}

/** Where a template stands, as far as it decides which names it may use. */
export type TemplatePlace = "media" | "address" | "job" | "variant" | "to" | "recipe" | "notify" | "extends";

/** The place of a field, by its keys from the root; undefined where templates are not read. */
export function templatePlace(keys: readonly string[], text: string): TemplatePlace | undefined {
  const [field = "", second, ...rest] = keys;
  if (field === "inputs" || field === "assets") {
    if (second === undefined) return /^[a-z][a-z0-9+.-]+:\/\//i.test(text) ? "address" : "media";
    if (second === "url") return "address";
    return second === "path" || second === "name" || second === "since"
      ? "media"
      : templatePlace([second, ...rest], text);
  }
  if (field === "refinements" && second === "inputs") return templatePlace([second, ...rest], text);
  if (field === "export") return second === "to" ? "to" : "job";
  if (field === "variants") return second === "name" ? "job" : "variant";
  if (field === "watch") return second === "folder" ? "recipe" : undefined;
  return places[field];
}

const places: Readonly<Record<string, TemplatePlace>> = {
  extends: "extends",
  prompts: "job",
  refinements: "job",
  expect: "job",
  language: "job",
  concurrency: "recipe",
  notify: "notify",
};

/** A root's parts: names, `any`, or why there are none here. */
export type Parts = readonly string[] | "any" | { readonly why: string };

const inputParts = ["path", "name", "stem", "ext", "index", "hash"];
const runParts = ["id", "date", "time", "slot"];

/** Every root of the language with its parts at a place. */
export function rootsAt(place: TemplatePlace, facts: NameFacts): Readonly<Record<string, Parts>> {
  const isJob = place === "job" || place === "variant" || place === "to";
  const isSeed = isJob || place === "media" || place === "address";
  const isKnown = place !== "extends";
  const early: Parts = { why: "it is not known yet where this field is read" };
  return {
    params: facts.params,
    matrix: isSeed ? orWhy(facts.matrix, "the recipe has no `matrix`") : early,
    row: isSeed ? (facts.row ?? { why: "the recipe has no `rows`" }) : early,
    job: isJob || place === "notify" ? ["name", "index", "total"] : early,
    recipe: isKnown ? ["name", "dir"] : early,
    run: isKnown ? runParts : early,
    env:
      place === "address" || place === "notify"
        ? orWhy(facts.env, "the recipe has no list `env`")
        : {
            why: "`env` is allowed in `url` and `notify` only, so that no secret gets into a prompt or a path",
          },
    export: place === "to" ? ["format", "index"] : { why: "it exists in `to` of an export only" },
    variant: variantParts(place, facts),
    input: isJob && facts.hasInput ? inputParts : isJob ? { why: onlyOneInput } : early,
    group: isJob && facts.hasGroup ? ["name"] : { why: "it exists in `watch` with `group: folder` only" },
  };
}

const onlyOneInput =
  "it exists in jobs of one input only: with `batch: each` or `sequence`, a single input, or `watch` with `group: file`";

function variantParts(place: TemplatePlace, { hasVariants }: NameFacts): Parts {
  if (place === "variant") return ["name"];
  if (place !== "to") return { why: "it exists in `variants` and in `to` of an export only" };
  return hasVariants ? ["name"] : { why: "the recipe has no `variants`" };
}

const orWhy = (names: readonly string[], why: string): Parts => (names.length > 0 ? names : { why });

function scalarAt(node: Node, key: string): unknown {
  const value = child(node, key);
  return value?.kind === "scalar" ? value.value : undefined;
}

const keys = (node: Node | undefined): string[] => (node?.kind === "map" ? [...node.entries.keys()] : []);

function columns(node: Node | undefined): NameFacts["row"] {
  if (node === undefined) return undefined;
  if (node.kind === "scalar") return "any";
  return [...new Set(items(node).flatMap(keys))];
}
