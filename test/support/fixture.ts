import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Bytes of a small real media file under test/fixtures/media. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(import.meta.dirname, "..", "fixtures", "media", name)));
}
