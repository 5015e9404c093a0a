import { Failure } from "../base/failure.ts";
import { errorCode } from "./error-code.ts";

const full = new Set(["ENOSPC", "EDQUOT"]);

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOTDIR: "a part of the path is a file, not a folder",
  ENOENT: "the folder is gone",
  EISDIR: "a folder stands there",
  ENAMETOOLONG: "the name is too long for this file system",
  EIO: "the disk reported an error",
  ENOSPC: "the disk is full",
  EDQUOT: "no quota is left",
  EFBIG: "the file system does not take files of this size",
  ELOOP: "its links lead in a circle",
  EBUSY: "another program holds it",
};

/** Why the system refused, in words. */
export function diskReason(error: unknown): string {
  const code = errorCode(error);
  if (code !== undefined) return reasons[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}

/** A refused write as a Failure: `disk-full` or `disk-error`. One that is a Failure already stays as it is. */
export function diskFailure(error: unknown, path: string): Failure {
  if (error instanceof Failure) return error;
  const code = errorCode(error);
  if (code !== undefined && full.has(code)) {
    const message =
      code === "EDQUOT" ? `no quota is left for writing ${path}` : `the disk is full: writing ${path}`;
    const hint = "Free some space. What was paid is kept, and `nemo-recipe resume` goes on from there.";
    return new Failure({ code: "disk-full", message, hint, sent: "not-sent" }, error);
  }
  const message = `cannot write ${path}: ${diskReason(error)}`;
  const hint =
    "Make the folder writable. What was paid is kept, and `nemo-recipe resume` goes on from there.";
  return new Failure({ code: "disk-error", message, hint, sent: "not-sent" }, error);
}
