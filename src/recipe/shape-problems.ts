import type { z } from "zod";
import { nearMiss } from "../base/near-miss.ts";
import { shorten } from "../base/shorten.ts";
import { isEmpty, quoteHint } from "./convert.ts";
import type { Node, Path } from "./node.ts";
import { child, keyAt, nodeAt } from "./node.ts";
import type { Problem } from "./problem.ts";
import { quote } from "./quote.ts";
import { lineForShort } from "./short-spelling.ts";
import type { Complaint } from "./source.ts";
import { lineAfter, lineBefore, problemAt } from "./source.ts";

/** What the schema found, in people's words, at the node that each issue is about. */
export function shapeProblems(root: Node, issues: readonly z.core.$ZodIssue[]): Problem[] {
  return issues.flatMap((issue) => {
    const name = nameOf(root, issue.path);
    const known = keysIn(issue.message);
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => problemAt(keyAt(root, issue.path, key), unknownKey(key, name, known)));
    const node = nodeAt(root, issue.path);
    if (isAbsent(root, issue.path))
      return [problemAt(node, { code: "missing-key", message: `${name} is missing` })];
    const complaint = complaintOf(issue, { node, name, known });
    const line = complaint.code === "wrong-type" ? lineForShort(root, issue.path) : undefined;
    if (line !== undefined) return [problemAt(node, { ...complaint, hint: line })];
    return [problemAt(node, addHint(node, complaint))];
  });
}

function isAbsent(root: Node, path: Path): boolean {
  const last = path.at(-1);
  const holder = nodeAt(root, path.slice(0, -1));
  return typeof last === "string" && holder.kind === "map" && child(holder, last) === undefined;
}

/** The fields of a map, which its schema puts where a message would be. */
function keysIn(message: string): readonly string[] {
  return message.startsWith("[") ? (JSON.parse(message) as string[]) : [];
}

/** What people call a field who have not read its name. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  export: ["output", "outputs", "out"],
  inputs: ["images", "photos", "pictures", "media", "files"],
  params: ["vars", "variables"],
  prompts: ["text", "instructions", "steps"],
  rows: ["csv", "table", "data"],
  schedule: ["cron"],
  to: ["path", "file", "output"],
};

function unknownKey(key: string, name: string, known: readonly string[]): Complaint {
  const near = known.find((field) => otherWords[field]?.includes(key)) ?? nearMiss(key, known);
  const message = `\`${key}\` is not a field of ${name}`;
  const hint = near === undefined ? `known fields: ${known.join(", ")}` : `did you mean \`${near}\`?`;
  return { code: "unknown-key", message, hint };
}

interface About {
  readonly node: Node;
  readonly name: string;
  readonly known: readonly string[];
}

function complaintOf(issue: z.core.$ZodIssue, { node, name, known }: About): Complaint {
  const own = issue.code === "custom" ? (issue.params as Complaint | undefined) : undefined;
  if (own !== undefined) {
    const saysAll = own.code === "template-not-here" || own.message === isEmpty;
    const isOtherList = node.kind === "list" && own.message.includes("a list of");
    const found = saysAll || isOtherList ? "" : foundIn(node);
    return { ...own, message: `${name} ${own.message}${found}` };
  }
  if (issue.code === "too_small") return { code: "bad-value", message: `${name} needs at least one entry` };
  const wanted = known.length === 0 ? "`key: value` lines" : known.map((key) => `\`${key}\``).join(", ");
  return { code: "wrong-type", message: `${name} must be a map of ${wanted}${foundIn(node)}` };
}

/** What stands there instead: as it is, or in a word. */
function foundIn(node: Node): string {
  if (node.kind === "list" && node.items.length === 0) return ", not an empty list";
  if (node.kind !== "scalar") return `, not a ${node.kind}`;
  if (node.value === null) return "";
  const isText = typeof node.value === "string";
  const text = isText ? String(node.value) : node.source.text.slice(node.start, node.end);
  return `, not \`${shorten(text)}\``;
}

/** A number, true or false where text is needed: the line to paste. */
function addHint(node: Node, complaint: Complaint): Complaint {
  const isPlain = node.kind === "scalar" && node.style === "plain";
  if (!isPlain || complaint.hint?.startsWith(quoteHint) !== true) return complaint;
  const written = node.source.text.slice(node.start, node.end);
  const line = `${lineBefore(node).trimStart()}${quote(written)}${lineAfter(node.source, node.end)}`;
  return { ...complaint, hint: `${quoteHint} ${line}` };
}

/** `inputs`, an item of `prompts`, `export.format`: as it is written, without the steps that a short spelling skips. */
function nameOf(root: Node, path: Path): string {
  const keys: string[] = [];
  let isItem = false;
  let node: Node | undefined = root;
  for (const step of path) {
    if (typeof step === "number") {
      if (node?.kind !== "list") continue;
      isItem = true;
      node = node.items[step];
    } else if (node === undefined || node.kind === "map") {
      keys.push(String(step));
      isItem = false;
      node = child(node, String(step));
    }
  }
  if (keys.length === 0) return "a recipe";
  return isItem ? `an item of \`${keys.join(".")}\`` : `\`${keys.join(".")}\``;
}
