import { spawn } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  openSync,
  closeSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { proven } from "../support/proven.ts";
import { tempDir } from "../support/temp-dir.ts";
import { photo, photoNumber } from "./photo-number.ts";
import { realWatch } from "./real-watch.ts";

/** So long that what has not come by then will never come. */
const lostMs = 60_000;

describe("W3: lost events lose no files", () => {
  it("20,000 files in one go while the process is blocked, and 10 elsewhere", async () => {
    const root = tempDir();
    mkdirSync(join(root, "burst"));
    mkdirSync(join(root, "quiet/corner"), { recursive: true });
    const { watch } = await realWatch(root, { group: "burst" });
    for (let number = 0; number < 20_000; number++)
      writeFileSync(join(root, "burst", `${number}.jpg`), photo);
    for (let number = 0; number < 10; number++)
      writeFileSync(join(root, "quiet/corner", `${number}.jpg`), photo);
    const found = new Set<string>();
    while (found.size < 20_010) {
      const group = await watch.next();
      if (group === undefined) break;
      for (const { shownPath } of group.files) found.add(shownPath);
    }
    expect(found.size).toBe(20_010);
    proven("W3", "20,000 files behind a blocked loop and 10 elsewhere, all found");
  });

  it("1,000 files at once in 100 nested folders that are new", async () => {
    const root = tempDir();
    const { files } = await realWatch(root);
    for (let number = 0; number < 1_000; number++) {
      const folder = join(root, `a${number % 10}`, `b${number % 100}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${number}.jpg`), photoNumber(number));
    }
    expect(new Set(await files(1_000, lostMs)).size).toBe(1_000);
  });
});

describe("a real folder", () => {
  it("gives out what is there in natural order, and what comes, once each", async () => {
    const root = tempDir();
    for (const number of [10, 2, 1]) writeFileSync(join(root, `${number}.jpg`), photoNumber(number));
    const { files } = await realWatch(root);
    expect(await files(3, lostMs)).toEqual(["1.jpg", "2.jpg", "10.jpg"]);
    mkdirSync(join(root, "new/deep"), { recursive: true });
    writeFileSync(join(root, "new/deep/4.jpg"), photoNumber(4));
    renameSync(join(root, "1.jpg"), join(root, "5.jpg"));
    expect((await files(2, lostMs)).sort()).toEqual(["5.jpg", "new/deep/4.jpg"]);
    expect(await files(1, 700)).toEqual([]);
  });

  it("leaves out links, hidden and temporary names, done and failed, and media that is none", async () => {
    const root = tempDir();
    const elsewhere = tempDir();
    writeFileSync(join(elsewhere, "secret.jpg"), photo);
    symlinkSync(join(elsewhere, "secret.jpg"), join(root, "link.jpg"));
    symlinkSync(elsewhere, join(root, "folder"));
    for (const folder of ["done", "failed", ".hidden"]) mkdirSync(join(root, folder));
    for (const name of [
      ".a.jpg",
      "b.jpg.part",
      "~$c.jpg",
      "d.unmet.jpg",
      "done/e.jpg",
      "failed/f.jpg",
      ".hidden/g.jpg",
    ])
      writeFileSync(join(root, name), photo);
    writeFileSync(join(root, "page.jpg"), "<html>no picture, but a page of some length</html>");
    writeFileSync(join(root, "good.jpg"), photo);
    const { files, said } = await realWatch(root);
    const given: string[] = [];
    await expect
      .poll(async () => {
        given.push(...(await files(1, 300)));
        return [...given, ...said].join("\n");
      })
      .toMatch(/good\.jpg[^]*page\.jpg is a web page/);
    given.push(...(await files(1, 700)));
    expect(given).toEqual(["good.jpg"]);
  });

  it.runIf(process.platform === "linux")(
    "W2: waits while another program has the file open for writing",
    async () => {
      const root = tempDir();
      const script = `exec 3>"$0"; cat "$1" >&3; echo written; read -r end`;
      const source = join(tempDir(), "photo.jpg");
      writeFileSync(source, photo);
      const { files } = await realWatch(root);
      const writer = spawn("sh", ["-c", script, join(root, "open.jpg"), source]);
      await new Promise((resolve) => writer.stdout.once("data", resolve));
      expect(await files(1, 1_500)).toEqual([]);
      writer.stdin.end();
      expect(await files(1, lostMs)).toEqual(["open.jpg"]);
    },
  );

  it("W2: a copy that stalls, and one whose space is reserved, come when they are whole", async () => {
    const root = tempDir();
    const { files } = await realWatch(root);
    const handle = openSync(join(root, "slow.jpg"), "w");
    writeSync(handle, photo.subarray(0, 300));
    writeFileSync(
      join(root, "reserved.jpg"),
      Buffer.concat([photo.subarray(0, 300), Buffer.alloc(photo.length - 300)]),
    );
    closeSync(handle);
    expect(await files(1, 1_200)).toEqual([]);
    writeFileSync(join(root, "slow.jpg"), photo);
    writeFileSync(join(root, "reserved.jpg"), photoNumber(2));
    expect((await files(2, lostMs)).sort()).toEqual(["reserved.jpg", "slow.jpg"]);
  });

  it("finds a file that was changed in place and keeps its size", async () => {
    const root = tempDir();
    writeFileSync(join(root, "a.jpg"), photoNumber(1));
    const { files } = await realWatch(root);
    expect(await files(1, lostMs)).toEqual(["a.jpg"]);
    writeFileSync(join(root, "a.jpg"), photoNumber(2));
    utimesSync(join(root, "a.jpg"), 1_000, 1_000);
    expect(await files(1, lostMs)).toEqual(["a.jpg"]);
  });

  it("pauses while the folder is gone, and goes on when it is back", async () => {
    const root = join(tempDir(), "inbox");
    mkdirSync(root);
    const { files, said } = await realWatch(root);
    renameSync(root, `${root}-away`);
    await expect.poll(() => said.length).toBe(1);
    expect(said[0]).toContain("is gone: the watch pauses");
    renameSync(`${root}-away`, root);
    copyFileSync(new URL("../fixtures/media/picture.jpg", import.meta.url), join(root, "back.jpg"));
    expect(await files(1, lostMs)).toEqual(["back.jpg"]);
    expect(said[1]).toContain("is back");
    rmSync(root, { recursive: true });
  });

  it("makes a group of a subfolder when it has been quiet, and bounds it", async () => {
    const root = tempDir();
    const { watch, said } = await realWatch(root, { group: "folder", max: 2 });
    mkdirSync(join(root, "trip"));
    for (const name of ["loose.jpg", "other.jpg"]) writeFileSync(join(root, name), photoNumber(name));
    for (const number of [1, 2, 3]) writeFileSync(join(root, "trip", `${number}.jpg`), photoNumber(number));
    const [first, second] = [await watch.next(), await watch.next()];
    expect([first?.name, first?.files.length, second?.name, second?.files.length]).toEqual([
      "trip",
      2,
      "trip",
      1,
    ]);
    await expect
      .poll(() => said)
      .toEqual([expect.stringMatching(/^(loose|other)\.jpg lies in no subfolder/)]);
  });
});
