import type { Entry, MapNode, Node } from "./node.ts";
import { sourceOf } from "./source.ts";

/** What the command line says in place of a recipe's fields. */
export interface Overrides {
  /** `--prompt`: in place of `prompts`. */
  readonly prompts?: readonly string[];
  /** `--input`: in place of `inputs`; relative ones start at `dir`. */
  readonly inputs?: readonly string[];
  /** `--folder`: in place of `watch.folder`. Absolute. */
  readonly folder?: string;
  /** Absolute: where the program was started. */
  readonly dir: string;
}

/** The tree with the command line's fields in it; they stand in files named after their flags. */
export function override(root: MapNode, overrides: Overrides | undefined): MapNode {
  if (overrides === undefined) return root;
  const { prompts = [], inputs = [], folder, dir } = overrides;
  const entries = new Map(root.entries);
  const put = (name: string, value: Node): void => {
    entries.set(name, { key: value, value });
  };
  if (prompts.length > 0) put("prompts", list("--prompt", prompts, dir));
  if (inputs.length > 0) put("inputs", list("--input", inputs, dir));
  if (folder !== undefined) {
    const before = entries.get("watch")?.value;
    const value = text("--folder", folder, dir);
    const watch = new Map<string, Entry>(before?.kind === "map" ? before.entries : []);
    watch.set("folder", { key: value, value });
    if (before === undefined || before.kind === "map")
      put("watch", { ...value, kind: "map", entries: watch });
  }
  return { ...root, entries };
}

function list(flag: string, texts: readonly string[], dir: string): Node {
  const items = texts.map((item) => text(flag, item, dir));
  return { ...text(flag, texts.join(" "), dir), kind: "list", flow: false, items };
}

function text(file: string, value: string, dir: string): Node & { readonly kind: "scalar" } {
  const source = sourceOf({ file, dir, text: value });
  return { kind: "scalar", value, style: "quoted", source, start: 0, end: source.text.length };
}
