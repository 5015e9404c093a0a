import { sep } from "node:path";
import type { Clock } from "../base/clock.ts";
import { errorCode } from "./error-code.ts";

const busy = new Set(["EBUSY", "EPERM", "EACCES"]);
const waitsMs = [20, 50, 100, 200, 400, 800];

/**
 * Does `move` again for a second and a half where the system says that the file is busy. On Windows a virus scanner
 * holds a new file for a moment; elsewhere `EPERM` and `EACCES` are final, and only `EBUSY` is waited for.
 */
export async function retryBusy(
  clock: Clock,
  move: () => Promise<void>,
  isWindows: boolean = sep === "\\",
): Promise<void> {
  for (const waitMs of waitsMs) {
    try {
      return await move();
    } catch (error) {
      const code = errorCode(error) ?? "";
      if (!(isWindows ? busy.has(code) : code === "EBUSY")) throw error;
      await clock.sleep(waitMs);
    }
  }
  await move();
}
