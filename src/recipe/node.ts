import type { Scalar } from "../base/json.ts";
import type { Span } from "./source.ts";

/** A YAML value that remembers where it stands. Trees of nodes are merged, checked, and then made plain. */
export type Node = ScalarNode | ListNode | MapNode;

export interface ScalarNode extends Span {
  readonly kind: "scalar";
  readonly value: Scalar;
  readonly style: "plain" | "quoted" | "block";
}

export interface ListNode extends Span {
  readonly kind: "list";
  /** Written with `[ ]`. */
  readonly flow: boolean;
  readonly items: readonly Node[];
}

export interface MapNode extends Span {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry {
  readonly key: Span;
  readonly value: Node;
}

export type Path = readonly PropertyKey[];

/** The value under a key of a map; undefined for other nodes. */
export function child(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === "map" ? node.entries.get(key)?.value : undefined;
}

/** A list's items; one value that stands for a list is its only item. */
export function items(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.kind === "list" ? node.items : [node];
}

/**
 * The node at a path, or the nearest one above it that exists.
 * An index leads into a list; on one value that stands for a list it leads nowhere.
 */
export function nodeAt(root: Node, path: Path): Node {
  let node = root;
  for (const step of path) {
    if (typeof step === "number") {
      if (node.kind === "list") node = node.items[step] ?? node;
    } else {
      node = child(node, String(step)) ?? node;
    }
  }
  return node;
}

/** The span of a key in the map at a path, or of that map. */
export function keyAt(root: Node, path: Path, key: string): Span {
  const node = nodeAt(root, path);
  return (node.kind === "map" ? node.entries.get(key)?.key : undefined) ?? node;
}
