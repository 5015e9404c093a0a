import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { Failure } from "../../src/base/failure.ts";
import { folderTree } from "../../src/files/folder-tree.ts";
import { openInside } from "../../src/files/open-inside.ts";
import { openSource } from "../../src/files/open-source.ts";
import type { FoundFile } from "../../src/plan/planned-job.ts";
import { proven } from "../support/proven.ts";
import { tempDir } from "../support/temp-dir.ts";
import { photoNumber } from "./photo-number.ts";

const races = 1_000;
/** A test in which nothing was ever read, or nothing ever refused, would show nothing. */
const ofEach = races / 20;
const program = fileURLToPath(new URL("swap-links.ts", import.meta.url));

async function bytesOf(file: FoundFile): Promise<Buffer | undefined> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of openSource(file).open()) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

it(`W4: ${races} races of links give no foreign byte away`, async () => {
  const [root, outside] = [tempDir(), tempDir()];
  const [inside, foreign] = [join(root, ".inside.jpg"), join(outside, "b.jpg")];
  // Of one size and one time, so that nothing but their place tells them apart.
  const [own, secret] = [photoNumber(1), photoNumber(2)];
  writeFileSync(inside, own);
  writeFileSync(foreign, secret);
  for (const path of [inside, foreign]) utimesSync(path, 1_000, 1_000);
  mkdirSync(join(outside, "empty"));
  const runtime = "Deno" in globalThis ? ["run", "-A"] : [];
  const swapper = spawn(process.execPath, [...runtime, program, root, inside, outside]);
  onTestFinished(() => void swapper.kill("SIGKILL"));
  await new Promise((resolve) => swapper.stdout.once("data", resolve));

  const tree = await folderTree(root, { isRemote: false });
  const sha256 = createHash("sha256").update(own).digest("hex");
  const counts = { own: 0, refused: 0, foreign: 0 };
  const count = (bytes: Buffer | string | undefined): void => {
    const is =
      bytes === undefined
        ? "refused"
        : own.equals(Buffer.from(bytes)) || bytes === sha256
          ? "own"
          : "foreign";
    counts[is] += 1;
  };
  // The swapper may have to wait for a processor: the races go on until both have come.
  for (let race = 0; race < races || Math.min(counts.own, counts.refused) < ofEach; race++) {
    const path = join(root, race % 2 === 0 ? "a.jpg" : "folder/b.jpg");
    const read = await tree.read(path);
    count("file" in read ? read.file.sha256 : undefined);
    const file = {
      path,
      shownPath: "a",
      name: basename(path),
      sizeBytes: own.length,
      mtimeMs: 1_000_000,
      sha256,
      within: root,
    };
    count(await bytesOf(file));
  }
  expect(counts.foreign).toBe(0);
  proven("W4", `${races} races of links, ${counts.own} read, ${counts.refused} refused, 0 foreign bytes`);
});

it("a file that lies outside is not opened, whichever way leads to it", async () => {
  const [root, outside] = [tempDir(), tempDir()];
  writeFileSync(join(outside, "b.jpg"), photoNumber(1));
  writeFileSync(join(root, "a.jpg"), photoNumber(1));
  expect(await openInside(join(outside, "b.jpg"), root)).toBeUndefined();
  const opened = await openInside(join(root, "a.jpg"), root);
  expect(opened?.stats.isFile()).toBe(true);
  await opened?.handle.close();
});
