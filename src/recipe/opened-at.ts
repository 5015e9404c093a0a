import type { CST } from "yaml";

/** Offset of the last quote or bracket that is open where the text ends; undefined where all are closed. */
export function openedAt(tokens: readonly CST.Token[], kind: "quote" | "bracket"): number | undefined {
  const left: (CST.Token | null | undefined)[] = [...tokens];
  let last: number | undefined;
  for (let token = left.pop(); left.length > 0 || token !== undefined; token = left.pop()) {
    if (token === null || token === undefined) continue;
    const isOpen = kind === "quote" ? isOpenQuote(token) : isOpenBracket(token);
    if (isOpen && token.offset >= (last ?? 0)) last = token.offset;
    if (token.type === "document") left.push(token.value);
    if ("items" in token) for (const { key, value } of token.items) left.push(key, value);
  }
  return last;
}

function isOpenQuote(token: CST.Token): boolean {
  if (token.type !== "single-quoted-scalar" && token.type !== "double-quoted-scalar") return false;
  return token.source.length < 2 || !token.source.endsWith(token.source[0] ?? "");
}

const isOpenBracket = (token: CST.Token): boolean =>
  token.type === "flow-collection" &&
  !token.end.some(({ type }) => type === "flow-seq-end" || type === "flow-map-end");
