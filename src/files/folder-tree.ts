import { lstatSync, readdirSync } from "node:fs";
import type { Dirent, Stats } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setImmediate as letOthersRun } from "node:timers/promises";
import { isGone } from "./error-code.ts";
import type { Completeness } from "./media/completeness.ts";
import { fileWindow } from "./media/byte-window.ts";
import { mediaComplete } from "./media-complete.ts";
import { openInside } from "./open-inside.ts";
import type { OpenFile } from "./open-regular.ts";
import { openWriters } from "./open-writers.ts";
import { readInside, type ReadFile } from "./read-inside.ts";

export type { FoundFile } from "../plan/planned-job.ts";

/** What tells one state of a file from the next. */
export interface FileFacts {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** The number that the file system knows it by; 0 where it has none. */
  readonly inode: number;
}

/** What a look at a name finds: undefined where it is gone or no regular file, `unreadable` where the system refuses. */
export type Look = FileFacts | "unreadable" | undefined;

/** A folder and all below it, as a watch needs it. Links are no part of it. */
export interface FolderTree {
  /** Absolute, with all links followed. */
  readonly root: string;
  /** False where the folder is gone, or the drive that was mounted there. */
  isThere(): Promise<boolean>;
  /** Names of regular files and of folders directly in a folder; undefined where it is gone. Throws where it cannot be read. */
  list(
    folder: string,
  ): Promise<{ readonly files: readonly string[]; readonly folders: readonly string[] } | undefined>;
  /** When entries of the folder last came or went; undefined where it is gone. */
  timeOf(folder: string): Promise<number | undefined>;
  /** In the order of the names. */
  facts(folder: string, names: readonly string[]): Promise<readonly Look[]>;
  /** Paths that somebody has open for writing; undefined where the system does not tell. */
  writers(): Promise<ReadonlySet<string> | undefined>;
  /** `unreadable`: the system refuses, and says why to whoever reads it. */
  completeness(path: string): Promise<Completeness | "gone" | "unreadable">;
  read(path: string): Promise<ReadFile>;
}

const filesAtATime = 200;

/** A folder of this machine's disk. `isRemote` where a call may hang: then none blocks the process. */
export async function folderTree(
  root: string,
  { isRemote }: { readonly isRemote: boolean },
): Promise<FolderTree> {
  const wasMount = await isMountPoint(root);
  return {
    root,
    isThere: async () => {
      const stats = await stat(root).catch(() => undefined);
      if (stats === undefined || !stats.isDirectory()) return false;
      return !wasMount || (await isMountPoint(root));
    },
    list: isRemote ? (folder) => namesIn(() => readdir(folder, { withFileTypes: true })) : listAtOnce(),
    timeOf: async (folder) => (await stat(folder).catch(() => undefined))?.mtimeMs,
    facts: isRemote ? factsInTurn : factsAtOnce,
    writers: nowAndThen(() => openWriters(root)),
    completeness: (path) => completenessInside(path, root),
    read: (path) => readInside(path, root),
  };
}

const writersEveryMs = 1_000;

/** One look serves all who ask within a second: a file is asked about after it has been steady for longer. */
function nowAndThen<T>(look: () => Promise<T>): () => Promise<T> {
  let last: { readonly atMs: number; readonly answer: Promise<T> } | undefined;
  return () => {
    const atMs = performance.now();
    if (last === undefined || atMs - last.atMs > writersEveryMs) last = { atMs, answer: look() };
    return last.answer;
  };
}

async function isMountPoint(folder: string): Promise<boolean> {
  const above = dirname(folder);
  if (above === folder) return false;
  const [own, parent] = await Promise.all([folder, above].map((path) => stat(path).catch(() => undefined)));
  return own !== undefined && parent !== undefined && own.dev !== parent.dev;
}

const foldersAtATime = 50;

/** As with files: on a local disk the wait would cost more than the look. */
function listAtOnce(): FolderTree["list"] {
  let count = 0;
  return async (folder) => {
    if (++count % foldersAtATime === 0) await letOthersRun();
    return namesIn(() => readdirSync(folder, { withFileTypes: true }));
  };
}

async function namesIn(
  read: () => Dirent[] | Promise<Dirent[]>,
): Promise<{ files: string[]; folders: string[] } | undefined> {
  try {
    const entries = await read();
    const [files, folders]: [string[], string[]] = [[], []];
    for (const entry of entries)
      if (entry.isFile()) files.push(entry.name);
      else if (entry.isDirectory()) folders.push(entry.name);
    return { files, folders };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** On a local disk, waiting for a thread at every file costs four times as much as the look itself. */
async function factsAtOnce(folder: string, names: readonly string[]): Promise<Look[]> {
  const all: Look[] = [];
  for (const [index, name] of names.entries()) {
    if (index % filesAtATime === filesAtATime - 1) await letOthersRun();
    try {
      all.push(factsOf(lstatSync(join(folder, name), { throwIfNoEntry: false })));
    } catch (error) {
      all.push(refusedLook(error));
    }
  }
  return all;
}

async function factsInTurn(folder: string, names: readonly string[]): Promise<Look[]> {
  const all: Look[] = [];
  for (const name of names) all.push(await lstat(join(folder, name)).then(factsOf, refusedLook));
  return all;
}

const refusedLook = (error: unknown): Look => (isGone(error) ? undefined : "unreadable");

function factsOf(stats: Stats | undefined): FileFacts | undefined {
  if (stats === undefined || !stats.isFile()) return undefined;
  return { sizeBytes: stats.size, mtimeMs: stats.mtimeMs, inode: stats.ino };
}

async function completenessInside(path: string, root: string): Promise<Completeness | "gone" | "unreadable"> {
  try {
    const opened = await openInside(path, root);
    return opened === undefined ? "gone" : await completenessOf(opened);
  } catch (error) {
    return isGone(error) ? "gone" : "unreadable";
  }
}

async function completenessOf({ handle, stats }: OpenFile): Promise<Completeness> {
  try {
    return await mediaComplete(fileWindow(handle, stats.size));
  } finally {
    await handle.close();
  }
}
