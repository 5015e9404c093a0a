import { basename, dirname, join } from "node:path";
import type { FileFacts, FolderTree } from "../../src/files/folder-tree.ts";
import type { StartHints } from "../../src/watch/folder-hints.ts";
import { sha256 } from "../support/planned-job.ts";

export interface TreeFile {
  /** What it holds: two files with one text are the same photo. */
  readonly text: string;
  readonly mtimeMs: number;
  readonly inode: number;
  /** The media's own end is there. */
  readonly isWhole: boolean;
  /** Somebody has it open for writing. */
  readonly isOpen: boolean;
  readonly sizeBytes: number;
}

/** A folder without a disk: changes are made by the test, and hints of them may be lost or doubled. */
export interface MemoryTree extends FolderTree {
  readonly startHints: StartHints;
  put(name: string, file: { text: string; isWhole?: boolean; isOpen?: boolean; sizeBytes?: number }): void;
  rename(from: string, to: string): void;
  remove(name: string): void;
  makeFolder(name: string): void;
  file(name: string): TreeFile | undefined;
  names(): string[];
  folders(): string[];
  setThere(isThere: boolean): void;
  /** Until then hints end in an error of this code, as the system's limits do. */
  limit(code: string | undefined): void;
  readonly lists: { count: number };
}

export interface TreeNeeds {
  readonly root: string;
  readonly now: () => number;
  /** How often a hint of a change comes: 0, 1 or 2 times. */
  readonly hintsOf?: () => number;
  readonly canTellWriters?: boolean;
}

export function memoryTree({ root, now, hintsOf = () => 1, canTellWriters = true }: TreeNeeds): MemoryTree {
  const files = new Map<string, TreeFile>();
  const folders = new Map<string, number>([[root, now()]]);
  const listeners = new Set<(folder: string, name: string) => void>();
  const lists = { count: 0 };
  let inode = 1;
  let mayBeOpen = false;
  let isThere = true;
  let limit: string | undefined;
  const path = (name: string): string => join(root, name);
  const touched = (changed: string): void => {
    if (folders.has(dirname(changed))) folders.set(dirname(changed), now());
    for (let count = hintsOf(); count > 0; count--)
      for (const listener of listeners) listener(dirname(changed), basename(changed));
  };
  const makeFolders = (folder: string): void => {
    if (folders.has(folder)) return;
    makeFolders(dirname(folder));
    folders.set(folder, now());
    touched(folder);
  };
  const below = (folder: string): string[] =>
    [...files.keys()].filter((file) => isThere && dirname(file) === folder);
  const factsOf = (at: string): FileFacts | undefined => {
    const file = isThere ? files.get(at) : undefined;
    return file && { sizeBytes: file.sizeBytes, mtimeMs: file.mtimeMs, inode: file.inode };
  };

  return {
    root,
    lists,
    isThere: async () => isThere,
    async list(folder) {
      lists.count += 1;
      if (!isThere || !folders.has(folder)) return undefined;
      const inner = [...folders.keys()].filter((one) => dirname(one) === folder && one !== folder);
      return {
        files: below(folder).map((file) => basename(file)),
        folders: inner.map((one) => basename(one)),
      };
    },
    timeOf: async (folder) => folders.get(folder),
    facts: async (folder, names) => names.map((name) => factsOf(join(folder, name))),
    async writers() {
      if (!canTellWriters) return undefined;
      return new Set(mayBeOpen ? [...files].filter(([, { isOpen }]) => isOpen).map(([name]) => name) : []);
    },
    completeness: async (at) => {
      const file = files.get(at);
      return file === undefined ? "gone" : file.isWhole ? "complete" : "incomplete";
    },
    async read(at) {
      const file = isThere ? files.get(at) : undefined;
      if (file === undefined) return { refused: `${at} is gone`, isChanging: true };
      const { text, sizeBytes, mtimeMs } = file;
      const name = basename(at);
      const shownPath = at.slice(root.length + 1);
      return { file: { path: at, shownPath, name, sizeBytes, mtimeMs, sha256: sha256(text), within: root } };
    },
    startHints: async ({ onHint, onTrouble }) => {
      if (limit !== undefined) onTrouble(Object.assign(new Error(limit), { code: limit }));
      listeners.add(onHint);
      return { follow: () => {}, forget: () => {}, close: async () => void listeners.delete(onHint) };
    },
    put(name, { text, isWhole = true, isOpen = false, sizeBytes = text.length }) {
      makeFolders(dirname(path(name)));
      const known = files.get(path(name));
      mayBeOpen ||= isOpen;
      files.set(path(name), {
        text,
        isWhole,
        isOpen,
        sizeBytes,
        mtimeMs: now(),
        inode: known?.inode ?? inode++,
      });
      touched(path(name));
    },
    rename(from, to) {
      const moved = [...files].filter(([name]) => name === path(from) || name.startsWith(`${path(from)}/`));
      const inner = [...folders.keys()].filter(
        (name) => name === path(from) || name.startsWith(`${path(from)}/`),
      );
      for (const folder of inner) folders.delete(folder);
      makeFolders(dirname(path(to)));
      for (const folder of inner) folders.set(path(to) + folder.slice(path(from).length), now());
      for (const [name, file] of moved) {
        files.delete(name);
        files.set(path(to) + name.slice(path(from).length), file);
      }
      touched(path(from));
      touched(path(to));
    },
    remove(name) {
      for (const one of files.keys())
        if (one === path(name) || one.startsWith(`${path(name)}/`)) files.delete(one);
      for (const one of folders.keys()) if (one.startsWith(path(name)) && one !== root) folders.delete(one);
      touched(path(name));
    },
    makeFolder: (name) => makeFolders(path(name)),
    file: (name) => files.get(path(name)),
    names: () => [...files.keys()].map((name) => name.slice(root.length + 1)),
    folders: () =>
      [...folders.keys()].filter((name) => name !== root).map((name) => name.slice(root.length + 1)),
    setThere: (value) => void (isThere = value),
    limit: (code) => void (limit = code),
  };
}
