import { open } from "node:fs/promises";
import { sep } from "node:path";

/** Makes a new or renamed entry of the folder survive a power cut. Windows has no such call: its journal does it. */
export async function syncFolder(path: string): Promise<void> {
  if (sep === "\\") return;
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } catch (error) {
    // Some network and FUSE file systems cannot sync a folder; the file's own bytes are synced all the same.
    if (!(error instanceof Error && "code" in error && (error.code === "EINVAL" || error.code === "ENOTSUP")))
      throw error;
  } finally {
    await handle.close();
  }
}
