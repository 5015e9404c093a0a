import { realpath } from "node:fs/promises";
import { dirname } from "node:path";
import { Failure } from "../base/failure.ts";
import { errorCode } from "./error-code.ts";
import { isInside } from "./is-inside.ts";
import { makeFolder } from "./make-folder.ts";

/**
 * Makes the folder where it is missing and returns it with all links followed. With `within`, a link that leads out
 * of that folder is refused as `disk-error`, before anything is made.
 */
export async function realFolder(folder: string, within: string | undefined): Promise<string> {
  if (within !== undefined && !isInside(folder, within)) throw leadsOut(folder, within);
  const real = (await ifThere(folder)) ?? (await makeReal(folder, within));
  if (within !== undefined && !isInside(real, await realpath(within))) throw leadsOut(folder, within);
  return real;
}

async function makeReal(folder: string, within: string | undefined): Promise<string> {
  if (within !== undefined) {
    await makeFolder(within);
    if (!isInside(await nearestThere(folder), await realpath(within))) throw leadsOut(folder, within);
  }
  await makeFolder(folder);
  return realpath(folder);
}

/** The real path; undefined where nothing stands. */
async function ifThere(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** The real path of the folder, or of the first one above it that exists. */
async function nearestThere(folder: string): Promise<string> {
  let path = folder;
  while (dirname(path) !== path) {
    const real = await ifThere(path);
    if (real !== undefined) return real;
    path = dirname(path);
  }
  return path;
}

function leadsOut(folder: string, within: string): Failure {
  return new Failure({
    code: "disk-error",
    message: `${folder} leads out of the output folder ${within}`,
    hint: "Remove the link on the way, or name the other folder with --out.",
    sent: "not-sent",
  });
}
