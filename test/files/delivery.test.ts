import {
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startDelivery } from "../../src/files/delivery.ts";
import { hashOf } from "../../src/files/hash-of.ts";
import type { Delivery } from "../../src/executor/ports.ts";
import { fixture } from "../support/fixture.ts";
import { stepClock } from "../support/step-clock.ts";
import { tempDir } from "../support/temp-dir.ts";

const clock = stepClock();
const mp4 = fixture("clip.mp4");
const free = { ours: [], any: false };

async function verified(path: string, within?: string): Promise<Delivery> {
  const delivery = await startDelivery(
    { path, tag: "render_1/2", ...(within !== undefined && { within }) },
    clock,
  );
  await (await delivery.openSink()).write(mp4);
  await delivery.verify("mp4");
  return delivery;
}

test.each([
  ["clip.mp4", { durationMs: 1000, width: 64, height: 48, videoTracks: 1, audioTracks: 1 }],
  ["clip.mov", { durationMs: 1000, width: 64, height: 48, videoTracks: 1, audioTracks: 1 }],
  ["clip.avi", { durationMs: 1100, width: 64, height: 48, videoTracks: 1, audioTracks: 1 }],
  ["clip.webm", { durationMs: 1023, width: 64, height: 48, videoTracks: 1, audioTracks: 1 }],
  ["clip.mkv", { durationMs: 1046, width: 64, height: 48, videoTracks: 1, audioTracks: 1 }],
  ["clip.gif", { durationMs: 1200, width: 32, height: 24, videoTracks: 1, audioTracks: 0 }],
] as const)("what %s shows of itself", async (name, facts) => {
  const format = name.slice(5) as "mp4";
  const delivery = await startDelivery({ path: join(tempDir(), name), tag: "t" }, clock);
  await (await delivery.openSink()).write(fixture(name));
  expect(await delivery.verify(format)).toMatchObject({ format, ...facts });
  await delivery.discard();
});

test.each([
  ["mp4", "clip.mov", true],
  ["mov", "clip.mp4", true],
  ["webm", "clip.mkv", false],
  ["mkv", "clip.webm", false],
  ["avi", "sound.wav", false],
  ["mp4", "photo.heic", false],
] as const)("%s was asked for and %s came: %s", async (format, name, isFamily) => {
  const delivery = await startDelivery({ path: join(tempDir(), `x.${format}`), tag: "t" }, clock);
  await (await delivery.openSink()).write(fixture(name));
  const verifying = delivery.verify(format);
  if (isFamily) await expect(verifying).resolves.toMatchObject({ format });
  else await expect(verifying).rejects.toMatchObject({ facts: { code: "wrong-media" } });
  await delivery.discard();
});

describe("crashes", () => {
  test("a temporary file left over is made anew, even where it is the delivered file's second name", async () => {
    const dir = tempDir();
    const path = join(dir, "clip.mp4");
    const first = await verified(path);
    const temporary = join(dir, readdirSync(dir)[0] ?? "");
    linkSync(temporary, path);
    await first.discard();
    linkSync(path, temporary);
    const again = await startDelivery({ path, tag: "render_1/2" }, clock);
    await (await again.openSink()).write(mp4.subarray(0, 10));
    expect(new Uint8Array(readFileSync(path))).toEqual(mp4);
    await again.discard();
    expect(readdirSync(dir)).toEqual(["clip.mp4"]);
  });

  test("a write to a sink of an earlier start is a bug, and is not mixed in", async () => {
    const path = join(tempDir(), "clip.mp4");
    const delivery = await startDelivery({ path, tag: "t" }, clock);
    const stale = await delivery.openSink();
    const sink = await delivery.openSink();
    await expect(stale.write(mp4)).rejects.toThrow("started anew");
    await sink.write(mp4);
    const { sha256 } = await delivery.verify("mp4");
    await delivery.place(path, free);
    expect(await hashOf(path)).toBe(sha256);
  });
});

describe("what stands at the path", () => {
  test("a link is not ours, and is never written through", async () => {
    const dir = tempDir();
    writeFileSync(join(dir, "precious.mp4"), mp4);
    symlinkSync(join(dir, "precious.mp4"), join(dir, "clip.mp4"));
    const delivery = await verified(join(dir, "clip.mp4"));
    const ours = [(await hashOf(join(dir, "precious.mp4"))) ?? ""];
    const placing = delivery.place(join(dir, "clip.mp4"), { ours, any: false });
    await expect(placing).rejects.toMatchObject({ facts: { code: "output-exists" } });
    expect(readlinkSync(join(dir, "clip.mp4"))).toBe(join(dir, "precious.mp4"));
  });

  test("--overwrite replaces a link itself, not what it leads to", async () => {
    const dir = tempDir();
    writeFileSync(join(dir, "precious.txt"), "keep me");
    symlinkSync(join(dir, "precious.txt"), join(dir, "clip.mp4"));
    await (await verified(join(dir, "clip.mp4"))).place(join(dir, "clip.mp4"), { ours: [], any: true });
    expect(readFileSync(join(dir, "precious.txt"), "utf8")).toBe("keep me");
    expect(new Uint8Array(readFileSync(join(dir, "clip.mp4")))).toEqual(mp4);
  });

  test("a folder stays, even with --overwrite", async () => {
    const dir = tempDir();
    mkdirSync(join(dir, "clip.mp4"));
    const delivery = await verified(join(dir, "clip.mp4"));
    const placing = delivery.place(join(dir, "clip.mp4"), { ours: [], any: true });
    await expect(placing).rejects.toMatchObject({ facts: { code: "output-exists" } });
    await delivery.discard();
  });

  test("of two deliveries to one free path, one wins and the other says so", async () => {
    for (let round = 0; round < 50; round++) {
      const path = join(tempDir(), "clip.mp4");
      const start = async (tag: string): Promise<Delivery> => {
        const delivery = await startDelivery({ path, tag }, clock);
        await (await delivery.openSink()).write(mp4);
        await delivery.verify("mp4");
        return delivery;
      };
      const both = [await start("a"), await start("b")];
      const results = await Promise.allSettled(both.map((delivery) => delivery.place(path, free)));
      expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(new Uint8Array(readFileSync(path))).toEqual(mp4);
    }
  });
});

describe("the output folder is never left", () => {
  test.each(["link/clip.mp4", "link/deep/clip.mp4", "sub/link/clip.mp4"])(
    "by the link in %s",
    async (name) => {
      const [out, outside] = [tempDir(), tempDir()];
      mkdirSync(join(out, "sub"));
      symlinkSync(outside, join(out, "link"), "junction");
      symlinkSync(outside, join(out, "sub", "link"), "junction");
      const delivering = startDelivery({ path: join(out, name), tag: "t", within: out }, clock);
      await expect(delivering).rejects.toMatchObject({ facts: { code: "disk-error" } });
      expect(readdirSync(outside)).toEqual([]);
    },
  );

  test("by a link put there while the file was on its way", async () => {
    const [out, outside] = [tempDir(), tempDir()];
    const delivery = await verified(join(out, "clip.mp4"), out);
    symlinkSync(outside, join(out, "link"), "junction");
    const placing = delivery.place(join(out, "link", "clip.mp4"), free);
    await expect(placing).rejects.toMatchObject({ facts: { code: "disk-error" } });
    expect(readdirSync(outside)).toEqual([]);
    await delivery.discard();
  });

  test("a link that stays inside is followed, and so is the output folder itself", async () => {
    const real = tempDir();
    const out = join(tempDir(), "out");
    symlinkSync(real, out, "junction");
    mkdirSync(join(real, "a"));
    symlinkSync(join(real, "a"), join(real, "b"), "junction");
    await (await verified(join(out, "b", "clip.mp4"), out)).place(join(out, "b", "clip.mp4"), free);
    expect(readdirSync(join(real, "a"))).toEqual(["clip.mp4"]);
  });

  test("nor by names with dots", async () => {
    const out = join(tempDir(), "out");
    for (const name of ["../x.mp4", "a/../../x.mp4"]) {
      const delivering = startDelivery({ path: join(out, name), tag: "t", within: out }, clock);
      await expect(delivering).rejects.toMatchObject({ facts: { code: "disk-error" } });
    }
  });
});

test("a folder that cannot be made is a disk error that names the path", async () => {
  const dir = tempDir();
  writeFileSync(join(dir, "file"), "");
  const path = join(dir, "file", "sub", "clip.mp4");
  await expect(startDelivery({ path, tag: "t" }, clock)).rejects.toMatchObject({
    facts: { code: "disk-error", message: expect.stringContaining(path), hint: expect.any(String) },
  });
});

test("long names get a temporary name that fits", async () => {
  const dir = tempDir();
  const name = `${"ü".repeat(123)}.mp4`;
  await (await verified(join(dir, name))).place(join(dir, name), free);
  expect(readdirSync(dir)).toEqual([name]);
});
