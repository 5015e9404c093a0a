/** What this folder reads of a JSON Schema: the config's own, so that no list or message can differ from it. */
export interface SchemaNode {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

/** Every shape that a value at a path may have. */
export function nodesAt(node: SchemaNode, path: readonly PropertyKey[]): readonly SchemaNode[] {
  const [next, ...rest] = path;
  const branches = (node.anyOf ?? []).flatMap((branch) => nodesAt(branch, path));
  if (next === undefined) return node.anyOf === undefined ? [node] : branches;
  const any = typeof node.additionalProperties === "object" ? node.additionalProperties : undefined;
  const child = typeof next === "number" ? node.items : (node.properties?.[String(next)] ?? any);
  return [...(child === undefined ? [] : nodesAt(child, rest)), ...branches];
}
