import type { Files } from "../../src/executor/ports.ts";
import { sha256 } from "../support/planned-job.ts";
export function memoryFiles(): Files {
  const placed = new Map<string, string>();
  return {
    find: async () => ({ files: [], refused: [] }),
    readRows: async () => [],
    openInput: async (file) => ({ name: file.name, sizeBytes: file.sizeBytes, open: async function* () {} }),
    deliver: async (_path, _tag) => {
      let content = "";
      return {
        openSink: async () => {
          content = "";
          return { write: async (chunk) => void (content += new TextDecoder().decode(chunk)) };
        },
        verify: async (format) => ({
          sizeBytes: content.length,
          sha256: sha256(content),
          format,
          durationMs: 15000,
        }),
        place: async (to) => void placed.set(to, sha256(content)),
        discard: async () => {},
      };
    },
    hashOf: async (path) => placed.get(path),
  };
}
