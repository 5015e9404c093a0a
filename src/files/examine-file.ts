import { statSync } from "node:fs";
import type { Stats } from "node:fs";
import { lstat } from "node:fs/promises";
import { basename } from "node:path";
import type { FileRefusal } from "../executor/ports.ts";
import type { FoundFile } from "../plan/planned-job.ts";
import { diskReason } from "./disk-failure.ts";
import { errorCode, isGone } from "./error-code.ts";
import type { HashFile, HashedFile } from "./hash-file.ts";
import { extensionOf, isMediaName, kindFitsName, maxMediaBytes, takenTypesText } from "./media-types.ts";
import { sniffMedia } from "./sniff-media.ts";

/** Why a file cannot be used: `message` goes on where the file's name ends. */
type Objection = Omit<FileRefusal, "shownPath">;

function refuse(shownPath: string, { message, ...rest }: Objection): FileRefusal {
  return { shownPath, message: `${shownPath} ${message}`, ...rest };
}

/**
 * Looks at one file, reads it once for its hash, and says whether it can be sent. On a local disk a look that blocks the
 * process costs least.
 */
export async function examineFile(
  place: { readonly path: string; readonly shownPath: string },
  hashFile: HashFile,
  look: (path: string) => Stats | Promise<Stats> = (path) => statSync(path),
): Promise<{ readonly file: FoundFile } | { readonly refusal: FileRefusal }> {
  const { path, shownPath } = place;
  try {
    const objection = objectionToName(path) ?? objectionToStats(await look(path));
    if (objection !== undefined) return { refusal: refuse(shownPath, objection) };
    const hashed = await hashFile(path);
    if (hashed === undefined) return { refusal: refuse(shownPath, special) };
    const late = objectionToBytes(path, hashed);
    if (late !== undefined) return { refusal: refuse(shownPath, late) };
    const { sizeBytes, mtimeMs, sha256 } = hashed;
    return { file: { path, shownPath, name: basename(path), sizeBytes, mtimeMs, sha256 } };
  } catch (error) {
    return { refusal: await refuseUnreadable(place, error) };
  }
}

/** A file or folder that the system does not let us look at. */
export async function refuseUnreadable(
  place: { readonly path: string; readonly shownPath: string },
  error: unknown,
): Promise<FileRefusal> {
  return refuse(place.shownPath, await objectionToError(place.path, error));
}

async function objectionToError(path: string, error: unknown): Promise<Objection> {
  const isLink = await lstat(path).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );
  if (isLink && (errorCode(error) === "ENOENT" || errorCode(error) === "ELOOP")) {
    const hint = "Mend the link or remove it.";
    return { code: "file-unreadable", message: "is a link that leads nowhere", hint };
  }
  if (isGone(error))
    return { code: "file-changed", message: "is gone", hint: "Put it back, or plan without it." };
  const hint = "Give your user the right to read it.";
  return {
    code: "file-unreadable",
    message: `cannot be read: ${diskReason(error)}`,
    ...(errorCode(error) === "EACCES" && { hint }),
  };
}

const special: Objection = {
  code: "file-unreadable",
  message: "is not a regular file (a device, a pipe or a socket)",
  hint: "Name a file with media in it.",
};

function objectionToName(path: string): Objection | undefined {
  if (isMediaName(path)) return undefined;
  const extension = extensionOf(path);
  const message = extension === "" ? "has no extension" : `is of type .${extension}, which is not taken`;
  return { code: "file-refused", message, hint: `Taken are ${takenTypesText}.` };
}

function objectionToStats(stats: Stats): Objection | undefined {
  if (!stats.isFile()) return special;
  if (stats.size === 0)
    return { code: "file-unreadable", message: "is empty", hint: "Copy or export it once more." };
  if (stats.size <= maxMediaBytes) return undefined;
  const message = `has ${Math.ceil(stats.size / 1024 / 1024)} MB; the limit is 200 MB a file`;
  return { code: "file-too-large", message, hint: "Compress it, or trim it to the part that you need." };
}

function objectionToBytes(path: string, hashed: HashedFile): Objection | undefined {
  if (!hashed.steady) {
    const hint = "Wait until the program that writes it has finished.";
    return { code: "file-changed", message: "is being written at this moment", hint };
  }
  const kind = sniffMedia(hashed.head);
  if (kindFitsName(kind, path)) return undefined;
  const named = `its name says .${extensionOf(path)}`;
  if (kind === undefined)
    return {
      code: "file-unreadable",
      message: `is no media that we know, though ${named}`,
      hint: "Open it in a player or viewer: it may be damaged, or have a wrong extension.",
    };
  if (kind === "web-page")
    return { code: "file-unreadable", message: `is a web page, though ${named}`, hint: "Download it anew." };
  return { code: "file-unreadable", message: `is ${kind}, though ${named}`, hint: renameHint(kind) };
}

function renameHint(kind: string): string {
  return kind === "avif" ? "Convert it to JPEG or PNG." : `Rename it to end in .${kind}.`;
}
