import { nearMiss } from "../base/near-miss.ts";
import { shorten } from "../base/shorten.ts";
import type { ListNode, MapNode, Node, ScalarNode } from "./node.ts";
import { child, items } from "./node.ts";
import type { Problem } from "./problem.ts";
import { quote } from "./quote.ts";
import type { Complaint, Span } from "./source.ts";
import { lineAfter, lineBefore, lineIndex, problemAt } from "./source.ts";

const turnKeys = ["prompt", "name", "unless", "atMost", "expect"] as const;

/** Places where YAML would alter a text that is paid for, each with the quoted line to paste. */
export function promptTraps(root: Node): Problem[] {
  const inputs = items(child(root, "inputs"));
  const lists = [root, ...inputs].flatMap((node) => [child(node, "prompts"), child(node, "refinements")]);
  const variants = items(child(root, "variants")).flatMap((variant) => textTraps(child(variant, "prompt")));
  const glued = inputs.flatMap((item) =>
    item.kind === "scalar" && item.style === "plain" ? lostDash(item) : [],
  );
  return [...lists.flatMap(listTraps), ...variants, ...glued];
}

function listTraps(node: Node | undefined): Problem[] {
  if (node?.kind === "list") {
    const split = splitByCommas(node);
    if (split !== undefined) return [problemAt(node, split)];
  }
  return items(node).flatMap((item) => {
    if (item.kind === "map") return mapTraps(item);
    return textTraps(item);
  });
}

function textTraps(node: Node | undefined): Problem[] {
  if (node?.kind === "map") return mapTraps(node);
  if (node?.kind !== "scalar" || node.style !== "plain") return [];
  const cut = cutByComment(node);
  const complaints = [followedByComment(node), notText(node)];
  return [
    ...(cut === undefined ? [] : [problemAt(commentAfter(node), cut)]),
    ...lostDash(node),
    ...complaints.flatMap((complaint) => (complaint === undefined ? [] : [problemAt(node, complaint)])),
  ];
}

function mapTraps(node: MapNode): Problem[] {
  const made = madeByColon(node);
  if (made !== undefined) return [problemAt(node, made)];
  return textTraps(child(node, "prompt"));
}

/** `- make it #1`: the rest of the line is lost. */
function cutByComment(node: ScalarNode): Complaint | undefined {
  const rest = lineAfter(node.source, node.end);
  if (node.end === node.start || !/^[ \t]+#/.test(rest)) return undefined;
  const whole = `${String(node.value)} ${rest.trim()}`;
  return {
    code: "yaml-comment-in-text",
    message: `YAML takes \`${shorten(rest.trim())}\` as a comment and would not send it`,
    hint: `if it is part of the text, quote it: ${paste(node, quote(whole))} — else put the comment on a line of its own`,
  };
}

function commentAfter({ source, end }: ScalarNode): Span {
  const rest = lineAfter(source, end);
  return { source, start: end + rest.indexOf("#"), end: end + rest.trimEnd().length };
}

/** A comment line below a text and as deep as it may have been meant as its next line. */
function followedByComment(node: ScalarNode): Complaint | undefined {
  const { source } = node;
  const next = source.lineStarts[lineIndex(source, Math.max(node.start, node.end - 1)) + 1];
  const comment = next === undefined ? null : /^( *)(#.*)$/.exec(lineAfter(source, next));
  const indent = comment?.[1]?.length ?? 0;
  const dash = /^\s*/.exec(lineBefore(node))?.[0].length ?? 0;
  if (comment === null || indent <= dash) return undefined;
  const whole = `${String(node.value)} ${comment[2] ?? ""}`;
  return {
    severity: "warning",
    code: "yaml-comment-in-text",
    message: `the line below this text, \`${shorten(comment[2] ?? "")}\`, is a comment and is not sent`,
    hint: `if it is part of the text, quote it: ${paste(node, quote(whole))}`,
  };
}

/** `- 2026`, `- yes: …`, `- null`: not the text that was written. */
function notText(node: ScalarNode): Complaint | undefined {
  const written = node.source.text.slice(node.start, node.end);
  const isAbsent = node.value === null && !/^(~|null)$/i.test(written);
  if (typeof node.value === "string" || isAbsent) return undefined;
  const meaning = node.value === null ? "nothing" : `the ${typeof node.value} \`${String(node.value)}\``;
  return {
    code: "yaml-number-in-text",
    message: `YAML reads \`${shorten(written)}\` as ${meaning}, not as text`,
    hint: `quote it: ${paste(node, quote(written))}${lineAfter(node.source, node.end)}`,
  };
}

/** `-a` without its space, or a `- b` that stands deeper than the `- a` above it: one text where a list was meant. */
function lostDash(node: ScalarNode): Problem[] {
  const { source, start, value } = node;
  const written = source.text.slice(start, node.end);
  const own = /^-[^\s-]/.test(written);
  const at = own ? 0 : written.search(/(?<=\n[ \t]*)-(?!-)/);
  if (at === -1 || typeof value !== "string") return [];
  const line = lineAfter(source, start + at).trimEnd();
  const shown = `YAML reads \`${shorten(line)}\` as`;
  const message = own ? `${shown} text, dash included` : `${shown} a part of the text above it`;
  const fix = own ? "needs a space after its dash" : "starts with its dash below the one above, and a space";
  const hint = `an item of a list ${fix}; if it is text, quote it: ${paste(node, quote(value))}`;
  const span = { source, start: start + at, end: start + at + line.length };
  return [problemAt(span, { code: "yaml-list-in-text", message, hint })];
}

/** `[make it blue, with stars]`: one text or two? */
function splitByCommas(node: ListNode): Complaint | undefined {
  if (!node.flow) return undefined;
  const own = node.items.filter((item) => item.source === node.source);
  const plain = own.filter((item): item is ScalarNode => item.kind === "scalar" && item.style === "plain");
  const lines = new Set(plain.map((item) => lineIndex(item.source, item.start)));
  if (plain.length < 2 || lines.size === plain.length) return undefined;
  const texts = own.map((item) => (item.kind === "scalar" ? String(item.value) : ""));
  if (texts.includes("")) return undefined;
  return {
    code: "yaml-list-in-text",
    message: `YAML splits this at its commas into ${texts.length} prompts, and each is paid`,
    hint: `quote them: ${paste(node, `[${texts.map(quote).join(", ")}]`)} — or as one: ${paste(node, quote(texts.join(", ")))}`,
  };
}

/** `- show the title: Spring`: a map with the key `show the title`. */
function madeByColon(node: MapNode): Complaint | undefined {
  const names = [...node.entries.keys()];
  const [first] = names;
  if (first === undefined || node.source.text[node.start] === "{") return undefined;
  if (names.some((name) => (turnKeys as readonly string[]).includes(name))) return undefined;
  if (!first.includes(" ") && nearMiss(first, turnKeys) !== undefined) return undefined;
  const last = [...node.entries.values()].at(-1);
  const end = Math.max(last?.value.end ?? 0, last?.key.end ?? 0);
  const rest = lineAfter(node.source, end);
  const isInList = /^\s*[,\]]/.test(rest);
  const text = node.source.text.slice(node.start, end) + (isInList ? "" : rest);
  return {
    code: "yaml-map-in-text",
    message: `YAML makes a map of this text at the \`:\` after \`${shorten(first)}\``,
    hint: `quote it: ${paste(node, quote(text))}${isInList ? rest : ""}`,
  };
}

/** The line with this value in place of the node's. */
const paste = (node: Node, value: string): string => `${lineBefore(node).trimStart()}${value}`;
