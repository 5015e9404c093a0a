import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { Delivery } from "../../src/executor/ports.ts";
import { Failure } from "../../src/base/failure.ts";
import { startDelivery } from "../../src/files/delivery.ts";
import type { Format } from "../../src/recipe/recipe.ts";
import { fixture } from "../support/fixture.ts";
import { seededRandom } from "../support/seeded-random.ts";
import type { Random } from "../support/seeded-random.ts";
import { stepClock } from "../support/step-clock.ts";
import { tempDir } from "../support/temp-dir.ts";
import { proven } from "../support/proven.ts";
import { rounds } from "../support/rounds.ts";

const downloads = rounds(1000);

const disk = vi.hoisted(() => ({ roomBytes: Infinity, code: "ENOSPC" }));

// A disk that fills up in the middle of a write, as no portable call can make a real one do.
vi.mock(import("node:fs/promises"), async (original) => {
  const real = await original();
  const open: typeof real.open = async (...args) => {
    const handle = await real.open(...args);
    const limited = async (chunks: readonly Uint8Array[], at: number): Promise<unknown> => {
      if (disk.roomBytes <= 0) throw Object.assign(new Error("no room"), { code: disk.code });
      const bytes = Buffer.concat(chunks);
      const fits = Math.min(bytes.length, disk.roomBytes);
      disk.roomBytes -= fits;
      return handle.write(bytes, 0, fits, at);
    };
    return Object.assign(handle, { writev: limited });
  };
  return { ...real, open, default: { ...real, open } };
});

const clips: readonly (readonly [Format, Uint8Array])[] = (
  ["mp4", "mov", "avi", "webm", "mkv", "gif"] as const
).map((format) => [format, fixture(`clip.${format}`)]);
const page = new TextEncoder().encode("<!DOCTYPE html><html><title>502</title></html>".repeat(40));

interface Trial {
  readonly format: Format;
  readonly sent: Uint8Array;
  readonly roomBytes: number;
  /** What may stand at the path afterwards. */
  readonly whole: Uint8Array;
  readonly isGood: boolean;
}

function trial(random: Random): Trial {
  const [format, whole] = random.pick(clips);
  const base = { format, whole, sent: whole, roomBytes: Infinity, isGood: false };
  switch (random.between(0, 4)) {
    case 0:
      return { ...base, sent: whole.subarray(0, random.between(0, whole.length - 1)) };
    case 1: {
      const others = clips.filter(([other]) => family(other) !== family(format));
      return { ...base, sent: random.pick(others)[1] };
    }
    case 2:
      return { ...base, sent: page.subarray(0, random.between(15, page.length)) };
    case 3:
      return { ...base, roomBytes: random.between(0, whole.length - 1) };
    default:
      return { ...base, isGood: true };
  }
}

const family = (format: Format): string => (format === "mov" ? "mp4" : format);

async function send(delivery: Delivery, { sent, format }: Trial, random: Random): Promise<void> {
  const sink = await delivery.openSink();
  for (let at = 0; at < sent.length;) {
    const step = random.between(1, 4000);
    await sink.write(sent.subarray(at, at + step));
    at += step;
  }
  await delivery.verify(format);
}

test(`of ${downloads} downloads with cuts, swaps, full disks and web pages, each is whole or absent`, async () => {
  const random = seededRandom(20261120);
  const dir = tempDir();
  const counts = { delivered: 0, refused: 0 };
  const codes = new Set<string>();
  for (let round = 0; round < downloads; round++) {
    const attempt = trial(random);
    const folder = join(dir, String(round));
    mkdirSync(folder);
    const path = join(folder, `clip.${attempt.format}`);
    const delivery = await startDelivery({ path, tag: "t", within: dir }, stepClock());
    disk.roomBytes = attempt.roomBytes;
    try {
      await send(delivery, attempt, random);
      await delivery.place(path, { ours: [], any: false });
      counts.delivered += 1;
      expect(attempt.isGood, `round ${round} delivered what is not whole`).toBe(true);
      expect(new Uint8Array(readFileSync(path))).toEqual(attempt.whole);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      codes.add(error.facts.code);
      counts.refused += 1;
      expect(attempt.isGood, `round ${round} refused what is whole: ${error.message}`).toBe(false);
      await delivery.discard();
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      disk.roomBytes = Infinity;
    }
  }
  expect(counts.delivered + counts.refused).toBe(downloads);
  expect(counts.delivered).toBeGreaterThan(downloads / 20);
  expect([...codes].sort()).toEqual(["disk-full", "download-failed", "wrong-media"]);
  proven(
    "H4",
    `${downloads} downloads: ${counts.delivered} whole, ${counts.refused} absent, 0 in between`,
    "20261120",
  );
});

test.each([
  ["ENOSPC", "disk-full"],
  ["EDQUOT", "disk-full"],
  ["EIO", "disk-error"],
])("%s in the middle of a file is %s, and the sink says so at the next write", async (code, expected) => {
  const path = join(tempDir(), "clip.mp4");
  const delivery = await startDelivery({ path, tag: "t" }, stepClock());
  const sink = await delivery.openSink();
  Object.assign(disk, { roomBytes: 10, code });
  try {
    // As much as is gathered for one write.
    await sink.write(new Uint8Array(1024 * 1024));
    await expect(sink.write(new Uint8Array(1024 * 1024))).rejects.toMatchObject({
      facts: {
        code: expected,
        message: expect.stringContaining(path),
        hint: expect.stringContaining("resume"),
      },
    });
    await expect(delivery.verify("mp4")).rejects.toMatchObject({ facts: { code: expected } });
  } finally {
    Object.assign(disk, { roomBytes: Infinity, code: "ENOSPC" });
  }
  await delivery.discard();
});
