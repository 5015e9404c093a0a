import { stat } from "node:fs/promises";
import { relative, sep } from "node:path";
import type { FoundFile } from "../plan/planned-job.ts";
import { examineFile } from "./examine-file.ts";
import { hashOpened, type HashFile } from "./hash-file.ts";
import { openInside } from "./open-inside.ts";

export type ReadFile =
  | { readonly file: FoundFile }
  /** It is there and cannot be used; `isChanging` where it may be usable later. */
  | { readonly refused: string; readonly isChanging: boolean };

/** Reads a file that lies in `root`, through one handle that was seen to be inside, and says whether it can be sent. */
export async function readInside(path: string, root: string): Promise<ReadFile> {
  const shownPath = relative(root, path).replaceAll(sep, "/");
  // A regular file was listed: if a link stands there now, or the folder was moved meanwhile, the next look tells.
  let isElsewhere = false;
  const hash: HashFile = async (place) => {
    const opened = await openInside(place, root);
    isElsewhere = opened === undefined;
    return opened && hashOpened(opened);
  };
  const read = await examineFile({ path, shownPath }, hash, stat);
  if ("file" in read) return { file: { ...read.file, within: root } };
  const { code, message, hint } = read.refusal;
  return {
    refused: hint === undefined ? message : `${message}. ${hint}`,
    isChanging: code === "file-changed" || isElsewhere,
  };
}
