import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A new folder, with no links on its way, that is gone after the test. */
export function tempDir(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "nemo-recipe-")));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
