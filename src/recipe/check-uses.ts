import { isWebAddress } from "./check-inputs.ts";
import type { DataCheck } from "./data-check.ts";
import type { Node, ScalarNode } from "./node.ts";
import { child, items, keyAt, nodeAt } from "./node.ts";
import type { Problem } from "./problem.ts";
import type { Complaint } from "./source.ts";
import { problemAt } from "./source.ts";

const targets = ["webhook", "slack", "discord", "command"] as const;

/** What is wrong with how jobs are made and watched: matrix, rows, watch and notify. */
export function checkUses(check: DataCheck): Problem[] {
  return [...checkMatrix(check), ...alteredNumbers(check), ...checkWatch(check), ...checkNotify(check)];
}

function checkMatrix({ data, root }: DataCheck): Problem[] {
  return Object.keys(data.matrix)
    .filter((name) => !/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name))
    .map((name) =>
      problemAt(keyAt(root, ["matrix"], name), {
        code: "bad-value",
        message: "a name in `matrix` starts with a letter and has letters, digits, `_` and `-` only",
      }),
    );
}

/** `1.0` in a matrix would be sent as `1`. */
function alteredNumbers({ root }: DataCheck): Problem[] {
  return [child(root, "matrix"), child(root, "rows")].flatMap(scalars).flatMap((node) => {
    const written = node.source.text.slice(node.start, node.end);
    if (typeof node.value !== "number" || node.style !== "plain" || written === String(node.value)) return [];
    return [
      problemAt(node, {
        code: "yaml-number-in-text",
        message: `YAML reads \`${written}\` as the number ${node.value}, and that is what templates would give`,
        hint: `write "${written}" or ${node.value}`,
      }),
    ];
  });
}

function scalars(node: Node | undefined): ScalarNode[] {
  if (node === undefined) return [];
  if (node.kind === "scalar") return [node];
  return node.kind === "list"
    ? node.items.flatMap(scalars)
    : [...node.entries.values()].flatMap(({ value }) => scalars(value));
}

function checkWatch({ data: { watch }, root }: DataCheck): Problem[] {
  if (watch === undefined) return [];
  const idle = (key: string, needs: string): Problem[] => {
    const node = child(child(root, "watch"), key);
    if (node === undefined) return [];
    const complaint: Complaint = {
      severity: "warning",
      code: "needs-other",
      message: `\`watch.${key}\` does nothing without ${needs}`,
    };
    return [problemAt(node, complaint)];
  };
  const problems: Problem[] = [];
  if (watch.group === "file")
    for (const key of ["quiet", "max"]) problems.push(...idle(key, "`group: folder` or `group: burst`"));
  if (watch.after !== "move")
    for (const key of ["done", "failed"]) problems.push(...idle(key, "`after: move`"));
  return problems;
}

function checkNotify({ data, root }: DataCheck): Problem[] {
  const nodes = items(child(root, "notify"));
  return data.notify.flatMap((entry, index) => {
    const node = nodes[index] ?? root;
    const named = targets.filter((target) => entry[target] !== undefined);
    if (named.length !== 1) {
      const message = `a notification needs exactly one of ${targets.map((target) => `\`${target}\``).join(", ")}`;
      return [problemAt(node, { code: named.length === 0 ? "missing-key" : "not-together", message })];
    }
    const [target = "webhook"] = named;
    const complaint = targetComplaint(target, entry[target]);
    return complaint === undefined ? [] : [problemAt(nodeAt(node, [target]), complaint)];
  });
}

function targetComplaint(target: string, value: unknown): Complaint | undefined {
  if (target !== "command") {
    if (typeof value !== "string" || isWebAddress(value)) return undefined;
    return {
      code: "bad-value",
      message: `\`${target}\` must be an address that starts with http:// or https://`,
    };
  }
  const [program, ...args] = Array.isArray(value) ? (value as unknown[]) : [];
  if (args.length > 0 || typeof program !== "string" || !/\s/.test(program)) return undefined;
  return {
    code: "bad-value",
    message: "`command` is a list of a program and its arguments, never a shell line",
    hint: `write it as a list: command: [${program
      .trim()
      .split(/\s+/)
      .map((word) => JSON.stringify(word))
      .join(", ")}]`,
  };
}
