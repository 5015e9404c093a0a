import type { ScalarNode } from "./node.ts";
import type { Place, Problem } from "./problem.ts";
import type { Template } from "./recipe.ts";
import type { Span } from "./source.ts";
import { lineAfter, lineIndex, placeOf } from "./source.ts";

const nodes = new WeakMap<Place, ScalarNode>();

/** Remembers where a template stands, so that a mistake in it is shown to the column, now or when it gets its value. */
export function rememberNode(place: Place, node: ScalarNode): void {
  nodes.set(place, node);
}

/** The place of a stretch of a template's text, and its source line. */
export function locate(
  template: Template,
  offset: number,
  length: number,
): Pick<Problem, "place" | "excerpt"> {
  const node = nodes.get(template.place);
  if (node === undefined) return { place: template.place };
  const span = length === 0 && offset === 0 ? wholeSpan(node) : spanInScalar(node, offset, length);
  const { source, start } = span;
  return {
    place: placeOf(span),
    excerpt: lineAfter(source, source.lineStarts[lineIndex(source, start)] ?? 0),
  };
}

function wholeSpan(node: ScalarNode): Span {
  const first = String(node.value).indexOf("${{");
  return node.style === "block" && first !== -1 ? spanInScalar(node, first, 3) : node;
}

/**
 * The source span of a stretch of a scalar's value. The value differs from its source by quotes, escapes, folded lines
 * and indentation, so the two are walked side by side from the last `${{` before the stretch.
 */
export function spanInScalar(node: ScalarNode, offset: number, length: number): Span {
  const value = String(node.value);
  const { source } = node;
  const before = value.lastIndexOf("${{", offset);
  let from = 0;
  let at = node.start;
  if (before !== -1) {
    const count = value.slice(0, before).split("${{").length;
    for (let found = 0; found < count; found++) {
      const next = source.text.indexOf("${{", found === 0 ? at : at + 3);
      if (next === -1 || next >= node.end) return node;
      at = next;
    }
    from = before;
  }
  while (from < offset && at < node.end) {
    const step = stepAt(value[from] ?? "", source.text.slice(at, at + 2));
    from += step.value;
    at += step.source;
  }
  return { source, start: Math.min(at, node.end), end: Math.min(at + length, node.end) };
}

/** How far to go in the value and in the source, to stay side by side. */
function stepAt(char: string, written: string): { readonly value: number; readonly source: number } {
  const [next = ""] = written;
  if (char === next) return { value: 1, source: written === "''" ? 2 : 1 };
  if (/\s/.test(next)) return { value: 0, source: 1 };
  if (/\s/.test(char)) return { value: 1, source: 0 };
  return next === "\\" ? { value: 0, source: 1 } : { value: 1, source: 1 };
}
