import type { FileFacts } from "../files/folder-tree.ts";

/** `settling`: it may still grow. `ready`: steady for long enough. `passed`: given out, left out or not wanted. */
export type Standing = "settling" | "ready" | "passed";

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

/**
 * Owns: what was seen of a watched tree, by folder and name. Invariants: a file is in `settling` exactly while it
 * settles, and in `ready`, in natural order of arrival, exactly while it is ready; a file that is gone is forgotten.
 */
export class SeenFiles {
  readonly folders: Map<string, SeenFolder> = new Map();
  readonly settling: Set<SeenFile> = new Set();
  readonly ready: Set<SeenFile> = new Set();
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

  put(file: SeenFile, standing: Standing): void {
    this.settling.delete(file);
    this.ready.delete(file);
    file.standing = standing;
    if (standing === "settling") this.settling.add(file);
    if (standing === "ready") this.ready.add(file);
  }

  forgetFile(folder: string, name: string): void {
    const files = this.folders.get(folder)?.files;
    const file = files?.get(name);
    if (file) this.put(file, "passed");
    files?.delete(name);
  }

  forgetFolder(path: string): void {
    const folder = this.folders.get(path);
    if (folder === undefined) return;
    for (const file of folder.files.values()) if (file) this.put(file, "passed");
    this.folders.delete(path);
  }
}
