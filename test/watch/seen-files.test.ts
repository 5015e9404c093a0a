import { join } from "node:path";
import { expect, test } from "vitest";
import { SeenFiles, type SeenFile } from "../../src/watch/seen-files.ts";
import { stepClock } from "../support/step-clock.ts";

const folder = join("/", "in");
const facts = { sizeBytes: 9, mtimeMs: 1, inode: 7 };

/** A file that was given out, and whose job could not use it as it was. */
function givenOut(): { readonly seen: SeenFiles; readonly file: SeenFile } {
  const seen = new SeenFiles(stepClock(), 2_000);
  const file = seen.addFile(folder, "a.jpg");
  seen.note(folder, "a.jpg", facts);
  seen.put(file, "passed");
  return { seen, file };
}

test("what could not be used settles anew, each time longer, and not for ever", () => {
  const { seen, file } = givenOut();
  const waits = Array.from({ length: 11 }, () => {
    const nowMs = file.sinceMs;
    seen.comeAgain([file]);
    const waitMs = seen.settling.has(file) ? file.dueMs - nowMs : undefined;
    seen.put(file, "passed");
    return waitMs;
  });
  expect(waits).toEqual([...Array.from({ length: 10 }, (_, round) => 2_000 * 2 ** round), undefined]);
});

test.each([
  ["the file", (seen: SeenFiles) => seen.forgetFile(folder, "a.jpg")],
  ["its folder", (seen: SeenFiles) => seen.forgetFolder(folder)],
])(
  "%s went away meanwhile: it does not come again, and what took its name settles by itself",
  (_, forget) => {
    const { seen, file } = givenOut();
    forget(seen);
    const next = seen.addFile(folder, "a.jpg");
    seen.comeAgain([file]);
    expect([...seen.settling, ...seen.ready]).toEqual([next]);
  },
);
