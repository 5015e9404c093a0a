import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ByteSource, Delivery, Files } from "../../src/executor/ports.ts";
import { fixture } from "../support/fixture.ts";

/** A file system under test: the port, a folder to work in, and a way to put and read files behind its back. */
export interface FilesUnderTest {
  readonly files: Files;
  readonly dir: string;
  put(path: string, content: Uint8Array | string): void;
  bytes(path: string): Uint8Array | undefined;
  /** Names in `dir` and below. */
  names(): readonly string[];
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const mp4 = fixture("clip.mp4");
const gif = fixture("clip.gif");
const png = fixture("picture.png");

/** What every implementation of the port `Files` must do. */
export function filesContract(name: string, start: () => FilesUnderTest): void {
  describe(`Files: ${name}`, () => {
    test("a glob ignores case and names its files in natural order", async () => {
      const { files, dir, put } = start();
      for (const file of ["10.PNG", "2.png", "1.png", ".hidden.png", "3.png.part"]) put(join(dir, file), png);
      const { files: found, refused } = await files.find({ pattern: "*.png", dir });
      expect(found.map((file) => file.name)).toEqual(["1.png", "2.png", "10.PNG"]);
      expect(refused).toEqual([]);
      const [first] = found;
      expect(first).toMatchObject({
        path: join(dir, "1.png"),
        shownPath: "1.png",
        sizeBytes: png.byteLength,
      });
      expect(first?.sha256).toBe(sha256(png));
    });

    test("a folder means the media directly in it, and nothing matches where there is none", async () => {
      const { files, dir, put } = start();
      for (const file of ["photos/b.png", "photos/a.png", "photos/notes.txt", "photos/deep/c.png"])
        put(join(dir, file), png);
      const { files: found } = await files.find({ pattern: "photos", dir });
      expect(found.map((file) => file.shownPath)).toEqual(["photos/a.png", "photos/b.png"]);
      expect(await files.find({ pattern: "missing/*.png", dir })).toEqual({ files: [], refused: [] });
    });

    test("a path that is there, or is escaped, is no glob", async () => {
      const { files, dir, put } = start();
      put(join(dir, "a[1].png"), png);
      put(join(dir, "a1.png"), png);
      for (const pattern of ["a[1].png", "a\\[1\\].png"]) {
        const { files: found } = await files.find({ pattern, dir });
        expect(found.map((file) => file.name)).toEqual(["a[1].png"]);
      }
    });

    test.each([
      ["empty.png", "", "file-unreadable"],
      ["notes.txt", "hello", "file-refused"],
      ["liar.png", "this is no picture", "file-unreadable"],
    ])("%s is refused", async (file, content, code) => {
      const { files, dir, put } = start();
      put(join(dir, file), content);
      const { files: found, refused } = await files.find({ pattern: file, dir });
      expect(found).toEqual([]);
      expect(refused).toMatchObject([{ shownPath: file, code }]);
      expect(refused[0]?.message).toContain(file);
    });

    test("rows come from CSV as text, and a fault names the file and the line", async () => {
      const { files, dir, put } = start();
      put(join(dir, "rows.csv"), "name,seconds\nfirst,07\n");
      expect(await files.readRows(join(dir, "rows.csv"))).toEqual([{ name: "first", seconds: "07" }]);
      put(join(dir, "bad.csv"), "name,seconds\nfirst,07\nsecond\n");
      await expect(files.readRows(join(dir, "bad.csv"))).rejects.toMatchObject({
        facts: { code: "file-unreadable", message: expect.stringContaining("bad.csv:3: ") },
      });
      await expect(files.readRows(join(dir, "none.csv"))).rejects.toMatchObject({
        facts: { code: "file-unreadable" },
      });
    });

    test("an input is read from any byte, as often as asked", async () => {
      const { files, dir, put } = start();
      put(join(dir, "clip.mp4"), mp4);
      const source = await files.openInput(await only(files, "clip.mp4", dir));
      expect(source).toMatchObject({ name: "clip.mp4", sizeBytes: mp4.byteLength });
      expect(await readAll(source)).toEqual(mp4);
      expect(await readAll(source, 6000)).toEqual(mp4.subarray(6000));
      expect(await readAll(source)).toEqual(mp4);
    });

    test("an input that changed after the plan is refused", async () => {
      const { files, dir, put } = start();
      put(join(dir, "clip.mp4"), mp4);
      const file = await only(files, "clip.mp4", dir);
      put(join(dir, "clip.mp4"), gif);
      await expect(files.openInput(file)).rejects.toMatchObject({ facts: { code: "file-changed" } });
    });

    test("HEIC becomes JPEG", async () => {
      const { files, dir, put } = start();
      put(join(dir, "photo.heic"), fixture("photo.heic"));
      const source = await files.openInput(await only(files, "photo.heic", dir));
      const jpeg = await readAll(source);
      expect(source.name).toBe("photo.jpg");
      expect(jpeg.byteLength).toBe(source.sizeBytes);
      expect([...jpeg.subarray(0, 3), ...jpeg.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xff, 0xd9]);
    });

    test("a delivery is nowhere before it is placed, and whole after", async () => {
      const { files, dir, bytes, names } = start();
      const path = join(dir, "out", "deep", "clip.mp4");
      const delivery = await files.deliver(path, "tag");
      await write(delivery, mp4.subarray(0, 100));
      await write(delivery, mp4);
      expect(bytes(path)).toBeUndefined();
      const facts = await delivery.verify("mp4");
      expect(facts).toMatchObject({ sizeBytes: mp4.byteLength, sha256: sha256(mp4), format: "mp4" });
      expect(facts).toMatchObject({
        durationMs: 1000,
        width: 64,
        height: 48,
        videoTracks: 1,
        audioTracks: 1,
      });
      expect(bytes(path)).toBeUndefined();
      await delivery.place(path, { ours: [], any: false });
      expect(bytes(path)).toEqual(mp4);
      expect(await files.hashOf(path)).toBe(sha256(mp4));
      expect(names()).toEqual(["out/deep/clip.mp4"]);
    });

    test("a delivery can be placed under another name beside its path, or discarded", async () => {
      const { files, dir, bytes, names } = start();
      const delivery = await files.deliver(join(dir, "clip.gif"), "tag");
      await write(delivery, gif);
      await delivery.verify("gif");
      await delivery.place(join(dir, "clip.unmet.gif"), { ours: [], any: false });
      expect(bytes(join(dir, "clip.unmet.gif"))).toEqual(gif);
      const other = await files.deliver(join(dir, "other.gif"), "tag");
      await write(other, gif);
      await other.discard();
      expect(names()).toEqual(["clip.unmet.gif"]);
    });

    test.each([
      ["nothing", new Uint8Array(), "download-failed"],
      ["a cut file", mp4.subarray(0, 5000), "download-failed"],
      ["a web page", new TextEncoder().encode("<!DOCTYPE html><title>Gone</title>"), "wrong-media"],
      ["another family", gif, "wrong-media"],
    ])("%s is not delivered", async (_name, content, code) => {
      const { files, dir, names } = start();
      const delivery = await files.deliver(join(dir, "clip.mp4"), "tag");
      await write(delivery, content);
      await expect(delivery.verify("mp4")).rejects.toMatchObject({ facts: { code } });
      await delivery.discard();
      expect(names()).toEqual([]);
    });

    test.each([
      ["a foreign file", { ours: [], any: false }, false],
      ["a file of ours that was changed since", { ours: [sha256(gif)], any: false }, false],
      ["a file of ours", { ours: [sha256(png)], any: false }, true],
      ["any file with --overwrite", { ours: [], any: true }, true],
    ])("what stands at the path: %s", async (_name, replace, isReplaced) => {
      const { files, dir, put, bytes } = start();
      const path = join(dir, "clip.mp4");
      put(path, png);
      const delivery = await files.deliver(path, "tag");
      await write(delivery, mp4);
      await delivery.verify("mp4");
      const placing = delivery.place(path, replace);
      if (isReplaced) await placing;
      else await expect(placing).rejects.toMatchObject({ facts: { code: "output-exists" } });
      expect(bytes(path)).toEqual(isReplaced ? mp4 : png);
    });

    test("nothing is delivered outside the folder that it may not leave", async () => {
      const { files, dir, names } = start();
      const delivering = files.deliver(join(dir, "other", "x.mp4"), "tag", { within: join(dir, "out") });
      await expect(delivering).rejects.toMatchObject({ facts: { code: "disk-error" } });
      expect(names()).toEqual([]);
    });

    test("a file in the place of a folder, and a folder in the place of a file, block what would be put there", async () => {
      const { files, dir, put, names } = start();
      put(join(dir, "clip.mp4"), mp4);
      put(join(dir, "folder.mp4", "a.mp4"), mp4);
      const at = (path: string): string => join(dir, path);
      const paths = [
        "new/a.mp4",
        "new/b.mp4",
        "x.mp4",
        "clip.mp4/a.mp4",
        "clip.mp4/b.mp4",
        "clip.mp4/c/d.mp4",
        "clip.mp4",
        "folder.mp4",
        "folder.mp4/a.mp4",
      ];
      const reason = `${at("clip.mp4")} is a file, not a folder`;
      expect(await files.blockedOutputs(paths.map(at), { overwrite: true })).toEqual([
        { path: at("clip.mp4/a.mp4"), reason },
        { path: at("clip.mp4/c/d.mp4"), reason },
        { path: at("folder.mp4"), reason: "folder.mp4 is a folder" },
      ]);
      expect(names()).toEqual(["clip.mp4", "folder.mp4/a.mp4"]);
    });

    test("the hash of what is not there is undefined", async () => {
      const { files, dir } = start();
      expect(await files.hashOf(join(dir, "none.mp4"))).toBeUndefined();
    });
  });
}

async function only(files: Files, pattern: string, dir: string): ReturnType<typeof single> {
  return single(await files.find({ pattern, dir }));
}

async function single(found: Awaited<ReturnType<Files["find"]>>): Promise<(typeof found.files)[number]> {
  const [file] = found.files;
  if (file === undefined) throw new Error("the file was not found");
  return file;
}

async function readAll(source: ByteSource, fromByte?: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.open(fromByte)) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

async function write(delivery: Delivery, content: Uint8Array): Promise<void> {
  const sink = await delivery.openSink();
  for (let at = 0; at < content.byteLength; at += 1000) await sink.write(content.subarray(at, at + 1000));
}
