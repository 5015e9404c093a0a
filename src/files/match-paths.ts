import { readdir as readdirOfNode, stat as statOfNode } from "node:fs";
import type { Dirent } from "node:fs";
import { readdir, stat, lstat } from "node:fs/promises";
import { basename, join, parse, resolve, sep } from "node:path";
import { glob } from "tinyglobby";
import type { FileSystemAdapter } from "tinyglobby";
import { naturalOrder } from "../base/natural-order.ts";
import { errorCode } from "./error-code.ts";
import { isMediaName } from "./media-types.ts";
import { isTemporaryName } from "./temporary-name.ts";

/** A path that matched but could not be looked into. */
export interface Unreadable {
  readonly path: string;
  readonly error: unknown;
}

export interface Matches {
  /** Absolute, in natural order. Not looked at yet: they may be empty, special, or links to nowhere. */
  readonly paths: readonly string[];
  readonly unreadable: readonly Unreadable[];
}

/**
 * The paths that a pattern names, starting at `dir`. Every leading part that is there as it is written is taken as
 * written, even where it looks like a glob; the rest is one. A folder stands for the media directly in it.
 */
export async function matchPaths(pattern: string, dir: string): Promise<Matches> {
  const { root } = parse(pattern);
  let base = resolve(dir, root);
  const parts = slashed(pattern.slice(root.length))
    .split("/")
    .filter((part) => part !== "" && part !== ".");
  try {
    while (parts.length > 0) {
      const next = await literally(base, parts[0] ?? "");
      if (next === undefined) return await globAt(base, parts.join("/"));
      base = next;
      parts.shift();
    }
    return (await isFolder(base)) ? await mediaIn(base) : { paths: [base], unreadable: [] };
  } catch (error) {
    return { paths: [], unreadable: [{ path: base, error }] };
  }
}

const isWindows = sep === "\\";

/** On Windows a backslash parts folders, but before a sign of the glob language it takes the sign's meaning away. */
function slashed(pattern: string): string {
  return isWindows ? pattern.replace(/\\(?![()[\]{}!*+?@|\\])/g, "/") : pattern;
}

async function literally(folder: string, part: string): Promise<string | undefined> {
  if (part === "..") return resolve(folder, part);
  const bare = part.replace(/\\(.)/g, "$1");
  const isPlain = !/[*?[\]{}()|!]/.test(part.replace(/\\./g, ""));
  for (const name of isPlain && bare !== part ? [part, bare] : [part])
    if (await isThere(join(folder, name))) return join(folder, name);
  return isPlain ? otherwiseWritten(folder, bare) : undefined;
}

/** The one name in a folder that differs in case only: the glob library takes a pattern's first folders as written. */
async function otherwiseWritten(folder: string, part: string): Promise<string | undefined> {
  const names = await readdir(folder).catch((): string[] => []);
  const [name, ...more] = names.filter((one) => one.toLowerCase() === part.toLowerCase());
  return name === undefined || more.length > 0 ? undefined : join(folder, name);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    const code = errorCode(error);
    // A name with a star is no name at all on Windows, and a very long brace list none anywhere.
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EINVAL" || code === "ENAMETOOLONG") return false;
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function mediaIn(folder: string): Promise<Matches> {
  const entries = await readdir(folder, { withFileTypes: true });
  const paths = entries
    .filter((entry) => isMediaName(entry.name) && !isTemporaryName(entry.name) && !entry.isDirectory())
    .map((entry) => join(folder, entry.name));
  return { paths: paths.sort(naturalOrder), unreadable: [] };
}

async function globAt(cwd: string, pattern: string): Promise<Matches> {
  const unreadable: Unreadable[] = [];
  const matched = await glob(/^!(?!\()/.test(pattern) ? `\\${pattern}` : pattern, {
    cwd,
    absolute: true,
    caseSensitiveMatch: false,
    expandDirectories: false,
    fs: openEyed((path, error) => unreadable.push({ path: resolve(path), error })),
  });
  const paths = matched.map((path) => resolve(path)).filter((path) => !isTemporaryName(basename(path)));
  return { paths: paths.sort(naturalOrder), unreadable };
}

/**
 * Left alone, the glob library passes over folders that it may not read, links that lead nowhere, and special files.
 * A user would miss those photos without a word: here they show up, and are refused with a reason.
 */
function openEyed(onError: (path: string, error: unknown) => void): FileSystemAdapter {
  const list = (
    path: string,
    _options: unknown,
    done: (error: Error | null, entries: Dirent[]) => void,
  ): void => {
    readdirOfNode(path, { withFileTypes: true }, (error, entries) => {
      if (error === null) return markOdd(path, entries, () => done(null, entries));
      if (error.code !== "ENOENT" && error.code !== "ENOTDIR") onError(path, error);
      done(error, []);
    });
  };
  return { readdir: list as unknown as NonNullable<FileSystemAdapter["readdir"]> };
}

function markOdd(folder: string, entries: readonly Dirent[], done: () => void): void {
  const links = entries.filter((entry) => entry.isSymbolicLink());
  for (const entry of entries)
    if (!entry.isFile() && !entry.isDirectory() && !entry.isSymbolicLink()) entry.isFile = () => true;
  let waiting = links.length;
  if (waiting === 0) return done();
  for (const entry of links)
    statOfNode(join(folder, entry.name), (error, stats) => {
      if (error !== null || !(stats.isFile() || stats.isDirectory())) {
        entry.isSymbolicLink = () => false;
        entry.isFile = () => true;
      }
      waiting -= 1;
      if (waiting === 0) done();
    });
}
