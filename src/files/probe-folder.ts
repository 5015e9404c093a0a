import { accessSync, constants } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { diskReason } from "./disk-failure.ts";
import { errorCode } from "./error-code.ts";

/** Types of /proc and /sys on Linux: root may write there by their modes, and still can make nothing. */
const ofTheKernel = new Set([0x9fa0, 0x62656572]);

export interface FolderProbe {
  /** Why nothing can be written there; absent where it can. */
  readonly refused?: string;
  readonly freeBytes?: number;
}

/** Whether a folder can be written to, or could be made; makes nothing. */
export async function probeFolder(path: string): Promise<FolderProbe> {
  try {
    // Not by the promise: where Deno may not say who the user is, that throws past every `catch`.
    accessSync(path, constants.W_OK | constants.R_OK);
    const disk = await statfs(path).catch(() => undefined);
    if (process.platform === "linux" && disk !== undefined && ofTheKernel.has(disk.type))
      return { refused: "the kernel itself serves it" };
    return disk === undefined ? {} : { freeBytes: disk.bavail * disk.bsize };
  } catch (error) {
    if (errorCode(error) === "ENOENT" && dirname(path) !== path) return probeFolder(dirname(path));
    // Deno keeps to its own permissions, whoever the user is.
    if (error instanceof Error && error.name === "NotCapable") return {};
    return { refused: diskReason(error) };
  }
}
