import { basename, dirname, join, sep } from "node:path";
import type { Clock } from "../base/clock.ts";
import type { FileFacts, Look } from "../files/folder-tree.ts";

/**
 * `settling`: it may still grow. `ready`: steady for long enough. `passed`: given out, left out or not wanted. `gone`:
 * forgotten; what comes under its name is another file.
 */
export type Standing = "settling" | "ready" | "passed" | "gone";

export interface SeenFile {
  readonly path: string;
  facts: FileFacts | undefined;
  standing: Standing;
  /** Since when the facts are what they are, as far as anybody looked. */
  sinceMs: number;
  /** Not looked at again before. */
  dueMs: number;
  /** Looks at the same facts that found the end missing. */
  incompleteLooks: number;
  /** How often the same facts were given out and could not be used. */
  returns: number;
}

interface SeenFolder {
  /** Null: its name is known since the start, and nobody has looked at it. */
  readonly files: Map<string, SeenFile | null>;
  /** When it was last listed. */
  listedMs: number;
}

/** With the usual settling, the last time is an hour after the first. */
const mostReturns = 10;

/**
 * Owns: what was seen of a watched tree, by folder and name, and how each file stands. Talks to: the clock.
 * Invariants: a file is in `settling` exactly while it settles, and in `ready`, in natural order of arrival, exactly
 * while it is ready; other facts let it settle anew; a file that is gone is forgotten.
 */
export class SeenFiles {
  readonly folders: Map<string, SeenFolder> = new Map();
  readonly settling: Set<SeenFile> = new Set();
  readonly ready: Set<SeenFile> = new Set();
  /** Of those that have passed: they could not be used as they were. */
  readonly leftOut: Set<SeenFile> = new Set();
  readonly #clock: Clock;
  readonly #settleMs: number;
  #isPassing = false;

  constructor(clock: Clock, settleMs: number) {
    this.#clock = clock;
    this.#settleMs = settleMs;
  }

  get size(): number {
    let size = this.folders.size;
    for (const { files } of this.folders.values()) size += files.size;
    return size;
  }

  folder(path: string): SeenFolder {
    const known = this.folders.get(path);
    if (known !== undefined) return known;
    const folder: SeenFolder = { files: new Map(), listedMs: -Infinity };
    this.folders.set(path, folder);
    return folder;
  }

  /** The folder itself, and all that are known below it. */
  foldersFrom(folder: string): string[] {
    return [...this.folders.keys()].filter((known) => known === folder || known.startsWith(folder + sep));
  }

  namesIn(folder: string): string[] {
    return [...(this.folders.get(folder)?.files.keys() ?? [])];
  }

  /** The name was there at the start; whoever looks at the file comes later. */
  addName(folder: string, name: string): void {
    this.folder(folder).files.set(name, null);
  }

  addFile(folder: string, name: string): SeenFile {
    const nowMs = this.#clock.now();
    const file: SeenFile = {
      path: join(folder, name),
      facts: undefined,
      standing: "settling",
      sinceMs: nowMs,
      dueMs: nowMs + this.#settleMs,
      incompleteLooks: 0,
      returns: 0,
    };
    this.settling.add(file);
    this.folder(folder).files.set(name, file);
    return file;
  }

  /** Files that were there at the start, and that nobody has looked at yet, are not wanted as they are. */
  passNamed(): void {
    this.#isPassing = true;
  }

  /** What a look found under a name that is known. */
  note(folder: string, name: string, facts: Look): void {
    const known = this.folders.get(folder)?.files.get(name);
    if (known === undefined) return;
    if (facts === undefined) return this.forgetFile(folder, name);
    if (facts === "unreadable") return this.#leaveUnread(known);
    const file = known ?? this.addFile(folder, name);
    if (file.facts !== undefined && isSame(file.facts, facts)) return;
    file.facts = facts;
    if (known === null && this.#isPassing) return this.put(file, "passed");
    Object.assign(file, { incompleteLooks: 0, returns: 0 });
    this.#settleFrom(this.#clock.now(), file);
  }

  put(file: SeenFile, standing: Standing): void {
    this.settling.delete(file);
    this.ready.delete(file);
    this.leftOut.delete(file);
    file.standing = standing;
    if (standing === "settling") this.settling.add(file);
    if (standing === "ready") this.ready.add(file);
  }

  /** It cannot be used as it is: nothing is made of it until it changes. */
  leaveOut(file: SeenFile): void {
    this.put(file, "passed");
    this.leftOut.add(file);
  }

  /** Whatever it turns out to be, when it may be looked at again, is new; what is not wanted stays so. */
  #leaveUnread(file: SeenFile | null): void {
    if (file === null || file.standing === "passed") return;
    file.facts = undefined;
    this.leaveOut(file);
  }

  /** After the machine slept, or the clock was set: how long a file has been steady is not known any more. */
  beginAnew(): void {
    const nowMs = this.#clock.now();
    for (const file of [...this.ready, ...this.settling]) this.#settleFrom(nowMs, file);
    for (const folder of this.folders.values()) folder.listedMs = -Infinity;
  }

  /** Files that were given out and could not be used settle anew: each time longer, and not for ever. */
  comeAgain(files: readonly SeenFile[]): void {
    for (const file of files) {
      if (file.standing !== "passed" || file.returns === mostReturns) continue;
      file.dueMs = this.#clock.now() + this.#settleMs * 2 ** file.returns;
      file.returns += 1;
      this.put(file, "settling");
    }
  }

  forget({ path }: SeenFile): void {
    this.forgetFile(dirname(path), basename(path));
  }

  forgetFile(folder: string, name: string): void {
    const files = this.folders.get(folder)?.files;
    const file = files?.get(name);
    if (file) this.put(file, "gone");
    files?.delete(name);
  }

  forgetFolder(path: string): void {
    const folder = this.folders.get(path);
    if (folder === undefined) return;
    for (const file of folder.files.values()) if (file) this.put(file, "gone");
    this.folders.delete(path);
  }

  #settleFrom(nowMs: number, file: SeenFile): void {
    Object.assign(file, { sinceMs: nowMs, dueMs: nowMs + this.#settleMs });
    this.put(file, "settling");
  }
}

function isSame(left: FileFacts, right: FileFacts): boolean {
  return left.sizeBytes === right.sizeBytes && left.mtimeMs === right.mtimeMs && left.inode === right.inode;
}
