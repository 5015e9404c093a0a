// Owns: the state folder. Talks to: the file system.
// Invariants: a record is replaced as a whole, so a reader finds the old one or the new one, never a half.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder } from "./make-folder.ts";

export interface Store {
  readonly folder: string;
  path(name: string): string;
  /** The parsed record, or `undefined` when there is none (or none that can be read). */
  read(name: string): unknown;
  write(name: string, value: unknown): void;
  remove(name: string): void;
  /** Names of the records directly in a folder of the store, with that folder in front. */
  list(folder: string): string[];
}

export function openStore(folder: string): Store {
  const path = (name: string): string => join(folder, name);
  makeFolder(folder);
  return {
    folder,
    path,
    read: (name) => readRecord(path(name)),
    write(name, value) {
      const target = path(name);
      makeFolder(dirname(target));
      const draft = `${target}.new`;
      writeFileSync(draft, JSON.stringify(value));
      renameSync(draft, target);
    },
    remove: (name) => rmSync(path(name), { force: true }),
    list: (inner) => listRecords(path(inner)).map((name) => `${inner}/${name}`),
  };
}

function readRecord(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function listRecords(path: string): string[] {
  try {
    return readdirSync(path).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
}
