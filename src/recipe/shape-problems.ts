import type { z } from "zod";
import { nearMiss } from "../base/near-miss.ts";
import type { Node, Path } from "./node.ts";
import { keyAt, nodeAt } from "./node.ts";
import type { Problem } from "./problem.ts";
import { quote } from "./quote.ts";
import type { Complaint } from "./source.ts";
import { lineBefore, problemAt } from "./source.ts";

/** What the schema found, in people's words, at the node that each issue is about. */
export function shapeProblems(root: Node, issues: readonly z.core.$ZodIssue[]): Problem[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) =>
        problemAt(
          keyAt(root, issue.path, key),
          unknownKey(key, issue.path, JSON.parse(issue.message) as string[]),
        ),
      );
    const node = nodeAt(root, issue.path);
    return [problemAt(node, addHint(node, complaintOf(issue, node)))];
  });
}

function unknownKey(key: string, path: Path, known: readonly string[]): Complaint {
  const near = nearMiss(key, known);
  const where = path.length === 0 ? "a recipe" : nameOf(path);
  const message = `\`${key}\` is not a field of ${where}`;
  const hint = near === undefined ? `known fields: ${known.join(", ")}` : `did you mean \`${near}\`?`;
  return { code: "unknown-key", message, hint };
}

function complaintOf(issue: z.core.$ZodIssue, node: Node): Complaint {
  const name = nameOf(issue.path);
  if (issue.code === "custom") {
    const complaint = issue.params as Complaint | undefined;
    if (complaint !== undefined) {
      const found = complaint.code === "missing-key" ? "" : foundIn(node);
      return { ...complaint, message: `${name} ${complaint.message}${found}` };
    }
  }
  if (issue.code === "invalid_type" && issue.input === undefined && issue.path.length > 0 && isAbsent(issue))
    return { code: "missing-key", message: `${name} is missing` };
  if (issue.code === "too_small") return { code: "bad-value", message: `${name} needs at least one entry` };
  return { code: "wrong-type", message: `${name} must be a map of \`key: value\` lines${foundIn(node)}` };
}

const isAbsent = (issue: { readonly message: string }): boolean =>
  issue.message.includes("received undefined");

/** What stands there instead, in a word or as it is. */
function foundIn(node: Node): string {
  if (node.kind !== "scalar") return `, not a ${node.kind}`;
  if (node.value === null) return ", and there is nothing";
  const text = String(node.value);
  return `, not \`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``;
}

/** A number, true or false where text is needed: the line to paste. */
function addHint(node: Node, complaint: Complaint): Complaint {
  if (
    node.kind !== "scalar" ||
    node.style !== "plain" ||
    complaint.hint?.startsWith("put it in quotes") !== true
  )
    return complaint;
  const written = node.source.text.slice(node.start, node.end);
  return { ...complaint, hint: `put it in quotes: ${lineBefore(node).trimStart()}${quote(written)}` };
}

/** `inputs`, an item of `prompts`, `export.format`. */
function nameOf(path: Path): string {
  const last = path.at(-1);
  const keys = path.filter((step) => typeof step !== "number").map(String);
  if (keys.length === 0) return "a recipe";
  const field = `\`${keys.join(".")}\``;
  return typeof last === "number" ? `an item of ${field}` : field;
}
