import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root: string = fileURLToPath(new URL("../..", import.meta.url));
export const folder: string = join(root, "docs/deploy");
export const read = (name: string): string => readFileSync(join(folder, name), "utf8");

/** The arguments of every `nemo-recipe …` in a piece of shell. */
export function calls(shell: string): string[][] {
  return shell.split(/\n|&&|;|\|/).flatMap((part) => {
    const words = [...part.trim().matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, ...word]) => word.join(""));
    const at = words.findIndex((word) => /(^|\/)nemo-recipe$/.test(word));
    return at === -1 || !isProgram(words[at - 1]) ? [] : [words.slice(at + 1)];
  });
}

/** What may stand before a program's name, and not before a folder's or a unit's. */
const isProgram = (before: string | undefined): boolean =>
  before === undefined || before === "nemo" || before.startsWith("ExecStart=");

export type Unit = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** A systemd unit: sections of `Key=value`. Throws at a line that is neither. */
export function readUnit(text: string): Unit {
  const unit = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const name = /^\[(\w+)\]$/.exec(line)?.[1];
    const [, key = "", value = ""] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) unit.set(name, (section = new Map()));
    else if (key === "" || section === undefined || section.has(key))
      throw new Error(`not of a unit: ${line}`);
    else section.set(key, value);
  }
  return unit;
}

export type Plist = string | number | boolean | Plist[] | { [key: string]: Plist };

/** A property list of the kinds that launchd takes. Throws where a tag is not closed, not known, or without its key. */
export function readPlist(text: string): Plist {
  const tags = [...text.matchAll(/<!--[\s\S]*?-->|<[?!][^>]*>|<(\/?)(\w+)([^>]*?)(\/?)>|([^<]+)/g)]
    .map(([whole, close, name, , empty, words]) => ({
      whole,
      close: close === "/",
      name,
      empty: empty === "/",
      words,
    }))
    .filter(({ name, words }) => name !== undefined || (words ?? "").trim() !== "");
  let at = 0;
  const take = (): (typeof tags)[number] => {
    const tag = tags[at++];
    if (tag === undefined) throw new Error("the list has no end");
    return tag;
  };
  const end = (name: string): void => {
    const tag = take();
    if (!tag.close || tag.name !== name) throw new Error(`</${name}> is missing before ${tag.whole}`);
  };
  const value = (): Plist => {
    const { name = "", empty, close, whole } = take();
    if (close) throw new Error(`${whole} closes nothing`);
    if (empty && (name === "true" || name === "false")) return name === "true";
    if (name === "string" || name === "integer") {
      const words = (take().words ?? "").trim();
      end(name);
      return name === "string" ? words : Number(words);
    }
    if (name === "array") {
      const items: Plist[] = [];
      while (tags[at]?.close === false) items.push(value());
      end(name);
      return items;
    }
    if (name !== "dict") throw new Error(`${whole} is not known`);
    const entries: { [key: string]: Plist } = {};
    while (tags[at]?.name === "key") {
      take();
      const key = (take().words ?? "").trim();
      end("key");
      if (key in entries) throw new Error(`${key} stands twice`);
      entries[key] = value();
    }
    end(name);
    return entries;
  };
  if (take().name !== "plist") throw new Error("it is no property list");
  const list = value();
  end("plist");
  if (at !== tags.length) throw new Error("something follows the list");
  return list;
}

export interface Instruction {
  readonly name: string;
  readonly value: string;
}

/** A Dockerfile's instructions, each on one line. */
export function readDockerfile(text: string): Instruction[] {
  return text
    .replace(/^#.*\n/gm, "")
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [, name = "", value = ""] = /^(\w+)\s+(.+)$/.exec(line) ?? [];
      return { name, value };
    });
}
