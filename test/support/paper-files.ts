import type { Files } from "../../src/executor/ports.ts";
import { memoryFiles } from "./memory-files.ts";

/** Files for tests in which a planned input need not exist and a video is a line of text. */
export function paperFiles(): Files {
  return {
    ...memoryFiles({ judge: () => ({ durationMs: 15_000 }) }),
    openInput: async ({ name, sizeBytes }) => ({ name, sizeBytes, open: async function* () {} }),
  };
}
