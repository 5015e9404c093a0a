/** Tells that something may have changed. Hints may be late, doubled or lost: only a look tells what is so. */
export interface FolderHints {
  /** They suit a tree of any size. */
  readonly suitsAll?: boolean;
  /**
   * Called for each folder before it is listed, so that nothing can change unseen in between; and again whenever it is
   * listed, since another folder may have taken its name.
   */
  follow(folder: string): void;
  forget(folder: string): void;
  close(): Promise<void>;
}

export interface HintsRequest {
  /** Absolute. */
  readonly root: string;
  /** Only the folder itself, and none below it. */
  readonly isFlat: boolean;
  /** Folders, absolute, that nobody needs to hear of. */
  readonly leavesOut: (folder: string) => boolean;
  /** Something changed at this name in this folder; anything in it where there is no name. */
  readonly onHint: (folder: string, name: string | undefined) => void;
  /** No further folder can be watched, or the watch broke. */
  readonly onTrouble: (error: unknown) => void;
}

/** `isLarge`: with so many files, that watching each of them costs too much. */
export type StartHints = (request: HintsRequest, isLarge: boolean) => Promise<FolderHints>;

/** Entries from which on a tree is large. */
export const largeTree = 2_000;
