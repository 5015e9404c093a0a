import type { Node } from "./node.ts";
import { TemplateText } from "./schema/leaf.ts";
import { placeOf } from "./source.ts";
import { rememberNode } from "./template-places.ts";
import { opening } from "./template.ts";

/** A tree as plain values for the schema; strings with `${{` in them become {@link TemplateText}s. */
export function toValue(node: Node): unknown {
  if (node.kind === "list") return node.items.map(toValue);
  if (node.kind === "map") {
    const value: Record<string, unknown> = {};
    for (const [name, entry] of node.entries) value[name] = toValue(entry.value);
    return value;
  }
  if (typeof node.value !== "string") return node.value;
  const text = node.style === "block" ? node.value.trimEnd() : node.value;
  if (!text.includes(opening)) return text;
  const place = placeOf(node);
  rememberNode(place, node);
  return new TemplateText(text, place);
}
