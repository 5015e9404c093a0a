import type { Entry, ListNode, MapNode, Node } from "./node.ts";
import type { Problem } from "./problem.ts";
import { problemAt } from "./source.ts";

/** A recipe is known by its own name: what it extends lends it everything else. */
const ownKeys: ReadonlySet<string> = new Set(["name", "extends"]);

/**
 * Merges a chain of trees, the recipe that runs first: maps deeply, lists replaced, where the item `...` stands for
 * the extended recipe's list. Nodes keep the source they were written in.
 */
export function mergeChain(trees: readonly Node[]): { root: Node | undefined; problems: Problem[] } {
  const problems: Problem[] = [];
  let merged: Node | undefined;
  for (const tree of trees.toReversed()) {
    const own = tree.kind === "map" ? writeOut(tree) : tree;
    merged = merge(own, merged === undefined ? undefined : withoutOwnKeys(merged), problems);
  }
  return { root: merged, problems };
}

function merge(own: Node, base: Node | undefined, problems: Problem[]): Node {
  if (own.kind === "map") {
    const baseEntries = base?.kind === "map" ? base.entries : new Map<string, Entry>();
    const entries = new Map(baseEntries);
    for (const [name, entry] of own.entries) {
      const value = merge(entry.value, baseEntries.get(name)?.value, problems);
      entries.set(name, { key: entry.key, value });
    }
    return { ...own, entries };
  }
  if (!isRest(own) && own.kind === "scalar") return own;
  const list: ListNode = own.kind === "list" ? own : { ...own, kind: "list", flow: false, items: [own] };
  return { ...list, items: list.items.flatMap((item) => mergeItem(item, base, problems)) };
}

function mergeItem(item: Node, base: Node | undefined, problems: Problem[]): readonly Node[] {
  if (!isRest(item)) return [item.kind === "scalar" ? item : merge(item, undefined, problems)];
  if (base === undefined) {
    problems.push(
      problemAt(item, {
        code: "nothing-extended",
        message: "`...` stands for the list of the recipe that is extended, and there is none",
        hint: 'name that recipe in `extends`, or write "..." in quotes if it is meant as text',
      }),
    );
    return [];
  }
  return base.kind === "list" ? base.items : [base];
}

const isRest = (node: Node): boolean =>
  node.kind === "scalar" && node.style === "plain" && node.value === "...";

function withoutOwnKeys(node: Node): Node {
  if (node.kind !== "map") return node;
  return { ...node, entries: new Map([...node.entries].filter(([name]) => !ownKeys.has(name))) };
}

/** Writes the shorthands out that would hide what they are merged with: a parameter's default, a budget per run. */
function writeOut(root: MapNode): MapNode {
  const entries = new Map(root.entries);
  const params = entries.get("params");
  if (params?.value.kind === "map") {
    const longParams = [...params.value.entries].map(
      ([name, entry]) => [name, asMap(entry, "default")] as const,
    );
    entries.set("params", { ...params, value: { ...params.value, entries: new Map(longParams) } });
  }
  const budget = entries.get("budget");
  if (budget !== undefined) entries.set("budget", asMap(budget, "perRun"));
  return { ...root, entries };
}

function asMap(entry: Entry, key: string): Entry {
  const { value } = entry;
  if (value.kind === "map") return entry;
  const { source, start, end } = value;
  return { key: entry.key, value: { kind: "map", source, start, end, entries: new Map([[key, entry]]) } };
}
