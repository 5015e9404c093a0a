import { readdir } from "node:fs/promises";
import { naturalOrder } from "../base/natural-order.ts";

/** The names directly in a folder, in natural order; none where it cannot be read. */
export async function listNames(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort(naturalOrder);
}
