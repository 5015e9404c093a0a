import { readdirSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { mediaComplete } from "../../src/files/media-complete.ts";
import { bytesWindow, fileWindow } from "../../src/files/media/byte-window.ts";
import { fixture } from "../support/fixture.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { tempDir } from "../support/temp-dir.ts";

const folder = join(import.meta.dirname, "..", "fixtures", "media");
const endless = new Set(["live.webm", "sound.aac"]);
const complete = (bytes: Uint8Array): ReturnType<typeof mediaComplete> => mediaComplete(bytesWindow(bytes));
const completeAt = async (path: string): ReturnType<typeof mediaComplete> => {
  const handle = await open(path, "r");
  try {
    return await mediaComplete(fileWindow(handle, (await handle.stat()).size));
  } finally {
    await handle.close();
  }
};

describe.each(readdirSync(folder))("%s", (name) => {
  const whole = fixture(name);

  test("whole, it is complete, or its format cannot tell", async () => {
    expect(await completeAt(join(folder, name))).toBe(endless.has(name) ? "unknown" : "complete");
  });

  test("cut at any byte, it is never complete", async () => {
    const wrong: number[] = [];
    for (let length = 0; length < whole.byteLength; length++)
      if ((await complete(whole.subarray(0, length))) === "complete") wrong.push(length);
    expect(wrong).toEqual([]);
  });

  test("read from the disk in blocks, it is judged the same", async () => {
    const dir = tempDir();
    for (const length of [0, 1, 15, whole.byteLength >> 1, whole.byteLength - 1]) {
      writeFileSync(join(dir, "part"), whole.subarray(0, length));
      expect(await completeAt(join(dir, "part"))).toBe(await complete(whole.subarray(0, length)));
    }
  });

  test("with reserved space behind the part that is there, it is not complete", async () => {
    const wrong: number[] = [];
    // An MP3 that announces its length may end in a frame of silence: of it, the last frame cannot be told.
    const tail = name === "sound.mp3" ? 1500 : 16;
    for (let length = 0; length < whole.byteLength - tail; length += 5) {
      const reserved = new Uint8Array(whole.byteLength);
      reserved.set(whole.subarray(0, length));
      if ((await complete(reserved)) === "complete") wrong.push(length);
    }
    expect(wrong).toEqual([]);
  });

  test("with damage anywhere, the walk ends", async () => {
    const random = seededRandom(whole.byteLength);
    const verdicts = new Set<string>();
    for (let round = 0; round < 200; round++) {
      const damaged = whole.slice();
      for (let hit = 0; hit < 5; hit++)
        damaged[random.between(0, damaged.length - 1)] = random.between(0, 255);
      verdicts.add(await complete(damaged));
    }
    expect([...verdicts].every((verdict) => /^(complete|incomplete|unknown)$/.test(verdict))).toBe(true);
  });
});

test.each([
  ["junk behind whole media", Buffer.concat([fixture("clip.mp4"), Buffer.alloc(100)]), "complete"],
  ["junk behind fragments", Buffer.concat([fixture("fragmented.mp4"), Buffer.alloc(100)]), "incomplete"],
  ["no media", Buffer.from("just some text, and some more"), "unknown"],
  ["reserved space only", Buffer.alloc(4096), "incomplete"],
  ["nothing", Buffer.alloc(0), "incomplete"],
])("%s is %s", async (_name, bytes, verdict) => {
  expect(await complete(bytes)).toBe(verdict);
});

test("free space may end an MP4, and a silent WAV cannot be told from an unfilled one", async () => {
  const free = Buffer.concat([Buffer.from([0, 0, 1, 0]), Buffer.from("free"), Buffer.alloc(248)]);
  expect(await complete(Buffer.concat([fixture("faststart.mp4"), free]))).toBe("complete");
  const wav = Buffer.from(fixture("sound.wav"));
  expect(await complete(wav.fill(0, wav.length - 1000))).toBe("unknown");
});

test("an MP3 that cannot tell its length is unknown", async () => {
  const mp3 = Buffer.from(fixture("sound.mp3"));
  const at = Math.max(mp3.indexOf("Xing"), mp3.indexOf("Info"));
  expect(at).toBeGreaterThan(0);
  expect(await complete(mp3.fill(0, at, at + 16))).toBe("unknown");
});

test("a file of a million tiny boxes is walked in bounded time", async () => {
  const boxes = Buffer.alloc(16_000_000);
  for (let at = 0; at < boxes.length; at += 8) boxes.write("\0\0\0\bfree", at, "latin1");
  boxes.write("ftyp", 4, "latin1");
  expect(await complete(boxes)).toBe("unknown");
});
