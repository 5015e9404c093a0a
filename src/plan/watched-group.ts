import type { FoundFile } from "./planned-job.ts";

/** Files that a watch found ready, and that make their jobs together. They take the place of `inputs`. */
export interface WatchedGroup {
  /** In natural order, at least one. */
  readonly files: readonly FoundFile[];
  /** What tells its jobs from those of other groups: the file's stem, the folder's name, or when the burst came. */
  readonly part: string;
  /** `${{ group.name }}`: the subfolder, with `group: folder`. */
  readonly name?: string;
}
