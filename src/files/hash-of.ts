import { statSync } from "node:fs";
import { diskFailure } from "./disk-failure.ts";
import { errorCode } from "./error-code.ts";
import { fileHasher } from "./hash-file.ts";

/** SHA-256 of the regular file at the path; undefined where there is none. Throws Failure `disk-error`. */
export async function hashOf(path: string): Promise<string | undefined> {
  try {
    // Nearly always there is nothing yet, and an error costs ten times the look.
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
    return (await fileHasher()(path))?.sha256;
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR" || code === "ENXIO") return undefined;
    throw diskFailure(error, path);
  }
}
