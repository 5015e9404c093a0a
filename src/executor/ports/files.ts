import type { FailureCode } from "../../base/failure-codes.ts";
import type { FileFacts } from "../../job/media.ts";
import type { FoundFile } from "../../plan/planned-job.ts";
import type { Format, Row } from "../../recipe/recipe.ts";
import type { ByteSink, ByteSource } from "./bytes.ts";

/** A file on its way to its place: written beside it under a name of its own, and moved there whole. */
export interface Delivery {
  /** Starts the file anew and returns where its bytes go. */
  openSink(): Promise<ByteSink>;
  /**
   * Closes and syncs the file, reads what it shows of itself. Throws `wrong-media` for what is no such media, and
   * `download-failed`, transient, where its end is missing.
   */
  verify(format: Format): Promise<FileFacts>;
  /** Moves it to `path` in one step, unless a file stands there whose hash is not in `ours`: then `output-exists`. */
  place(path: string, replace: { readonly ours: readonly string[]; readonly any: boolean }): Promise<void>;
  discard(): Promise<void>;
}

/** A file that matched but cannot be used. */
export interface FileRefusal {
  readonly shownPath: string;
  readonly code: FailureCode;
  readonly message: string;
  readonly hint?: string;
}

/** A file that could never be put into its place. */
export interface BlockedOutput {
  readonly path: string;
  /** Names what is in the way, and why. */
  readonly reason: string;
}

/** The file system as the executor needs it. A fifth port, so that the simulator can run without a disk. */
export interface Files {
  /**
   * The media that a path, folder or glob names, in natural order, each read once for its hash. `pattern` starts at
   * `dir`; text that came out of a template is escaped by backslashes, so that it is never a glob. A path that is
   * there as it stands is meant as it stands. No match: both lists are empty.
   */
  find(search: {
    readonly pattern: string;
    readonly dir: string;
  }): Promise<{ readonly files: readonly FoundFile[]; readonly refused: readonly FileRefusal[] }>;
  /** The rows of a CSV, JSON or JSON Lines file. Throws a Failure `file-unreadable` that names the line. */
  readRows(path: string): Promise<readonly Row[]>;
  /** Opens an input whose size and mtime must still be what the plan saw; else Failure `file-changed`. HEIC becomes JPEG. */
  openInput(file: FoundFile): Promise<ByteSource>;
  /** A delivery next to `path`, its temporary name made from `tag`. No link may lead it out of the folder `within`. */
  deliver(path: string, tag: string, options?: { readonly within?: string }): Promise<Delivery>;
  /** SHA-256 of the file at the path; undefined where there is none. */
  hashOf(path: string): Promise<string | undefined>;
  /**
   * Which of these files could never be put into their places, one of each folder that is the reason. Makes nothing.
   * `overwrite` allows what is not ours to be replaced, such as a link.
   */
  blockedOutputs(
    paths: Iterable<string>,
    options: { readonly overwrite: boolean },
  ): Promise<readonly BlockedOutput[]>;
}
