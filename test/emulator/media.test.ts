import { expect, it } from "vitest";
import { mediaKindOf } from "../../src/emulator/media/media-kinds.ts";
import { readFacts } from "../../src/emulator/media/probe-media.ts";
import { readOrientation } from "../../src/emulator/media/read-orientation.ts";
import { type PartEvent, readMultipart } from "../../src/emulator/wire/read-multipart.ts";

async function* pieces(body: Buffer, sizeBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length; at += sizeBytes) yield body.subarray(at, at + sizeBytes);
}

async function collect(
  body: Buffer,
  sizeBytes: number,
): Promise<{ names: (string | undefined)[]; bodies: string[] }> {
  const names: (string | undefined)[] = [];
  const bodies: string[] = [];
  for await (const event of readMultipart(pieces(body, sizeBytes), "b")) {
    if (event.kind === "part") {
      names.push(event.head.filename);
      bodies.push("");
    }
    if (event.kind === "data") bodies[bodies.length - 1] += event.bytes.toString("latin1");
  }
  return { names, bodies };
}

const head = (name: string): string =>
  `Content-Disposition: form-data; name="files"; ${name}\r\nContent-Type: image/png\r\n\r\n`;
const tricky = "\r\n--\r\n-\r\n--a\r\n\r\n--bad".replace("--b", "-b");
const body = Buffer.from(
  `preamble\r\n--b\r\n${head('filename="a \\"1\\".png"')}${tricky}\r\n--b\r\n${head("filename*=UTF-8''%E6%B5%B7.png")}\r\n--b--\r\n`,
  "latin1",
);

it("reads the same parts whatever the pieces they come in", async () => {
  for (let sizeBytes = 1; sizeBytes <= body.length; sizeBytes += 1) {
    expect(await collect(body, sizeBytes)).toEqual({ names: ['a "1".png', "海.png"], bodies: [tricky, ""] });
  }
});

it("refuses a body that ends too early, and a head without end", async () => {
  await expect(collect(body.subarray(0, -6), 10)).rejects.toThrow(/ends too early/);
  await expect(collect(Buffer.from(`--b\r\n${"x".repeat(20_000)}`), 999)).rejects.toThrow(/too long/);
});

it("hands data on as it arrives", async () => {
  const events: PartEvent["kind"][] = [];
  const long = Buffer.from(`--b\r\n${head('filename="a.png"')}${"x".repeat(1000)}\r\n--b--`);
  for await (const event of readMultipart(pieces(long, 100), "b")) events.push(event.kind);
  expect(events.filter((kind) => kind === "data").length).toBeGreaterThan(8);
});

it.each([
  ["a.jpg", "ffd8ffe0", "image"],
  ["a.JPEG", "ffd8ffe0", "image"],
  ["a.png", "89504e470d0a1a0a", "image"],
  ["a.jpg", "89504e470d0a1a0a", undefined],
  ["a.mp4", "0000001866747970", "video"],
  ["a.webm", "1a45dfa3", "video"],
  ["a.mp3", "494433", "audio"],
  ["a.heic", "0000001866747970", undefined],
  ["a.txt", "41", undefined],
  ["noending", "ffd8ffe0", undefined],
  ["a.constructor", "ffd8ffe0", undefined],
])("%s beginning with %s is %s", (name, hex, kind) => {
  expect(mediaKindOf(name, Buffer.from(hex, "hex"))).toBe(kind);
});

function exif(orientation: number, little: boolean): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write(little ? "II" : "MM");
  const u16 = (value: number, at: number): number =>
    little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const u32 = (value: number, at: number): number =>
    little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  u16(42, 2);
  u32(8, 4);
  u16(1, 8);
  u16(0x0112, 10);
  u16(3, 12);
  u32(1, 14);
  u16(orientation, 18);
  const app1 = Buffer.concat([Buffer.from("Exif\0\0"), tiff]);
  const size = Buffer.alloc(2);
  size.writeUInt16BE(app1.length + 2);
  return Buffer.concat([
    Buffer.from("ffd8ffe000040000ffe1", "hex"),
    size,
    app1,
    Buffer.from("ffda0000", "hex"),
  ]);
}

it.each([1, 3, 6, 8])("reads EXIF orientation %d in both byte orders", (orientation) => {
  expect(readOrientation(exif(orientation, true))).toBe(orientation);
  expect(readOrientation(exif(orientation, false))).toBe(orientation);
});

it("takes a damaged EXIF for none", () => {
  const good = exif(6, true);
  for (let length = 0; length < good.length; length += 1)
    expect([1, 6]).toContain(readOrientation(good.subarray(0, length)));
  expect(readOrientation(exif(99, true))).toBe(1);
});

it("reads what old and new ffmpeg say", () => {
  const old =
    "  Duration: 00:01:05.50, start: 0.000000\n    Stream #0:0(und): Video: h264 (High) (avc1 / 0x31637661), yuv420p, 1920x1080, 5 kb/s, 29.97 fps, 30 tbr\n    Metadata:\n      rotate          : 90\n    Stream #0:1(und): Audio: aac";
  expect(readFacts(old)).toEqual({
    width: 1080,
    height: 1920,
    durationSeconds: 65.5,
    fps: 29.97,
    hasSound: true,
  });
  const image = "  Duration: N/A\n  Stream #0:0: Video: png, rgb24(pc), 640x480 [SAR 1:1], 25 fps";
  expect(readFacts(image)).toMatchObject({ width: 640, height: 480, durationSeconds: 0, hasSound: false });
});
