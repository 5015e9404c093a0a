import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** Writes a JPEG again as a phone would keep it: one HEVC frame in a HEIF file. ffmpeg encodes, the boxes are ours. */
export function writeHeic(jpeg: string, heic: string, [width, height]: readonly [number, number]): void {
  const movie = `${heic}.mp4`;
  const frame = "-frames:v 1 -c:v libx265 -tag:v hvc1 -crf 20 -x265-params log-level=none".split(" ");
  execFileSync("ffmpeg", [
    "-v",
    "error",
    "-y",
    "-i",
    jpeg,
    "-vf",
    "scale=out_range=full",
    "-pix_fmt",
    "yuv420p",
    ...frame,
    movie,
  ]);
  const bytes = readFileSync(movie);
  rmSync(movie);
  const hvcC = boxAt(bytes, "hvcC");
  const picture = boxAt(bytes, "mdat").subarray(8);
  const size = box("ispe", word(0), word(width), word(height));
  // Property 1 says how to decode, property 2 how large it is; item 1 has both.
  const properties = box(
    "iprp",
    box("ipco", hvcC, size),
    box("ipma", word(0), word(1), half(1), Buffer.from([2, 0x81, 2])),
  );
  const meta = (offset: number): Buffer =>
    box(
      "meta",
      word(0),
      box("hdlr", word(0), word(0), Buffer.from("pict"), Buffer.alloc(13)),
      box("pitm", word(0), half(1)),
      box(
        "iloc",
        word(0),
        half(0x4400),
        half(1),
        half(1),
        half(0),
        half(1),
        word(offset),
        word(picture.length),
      ),
      box("iinf", word(0), half(1), box("infe", word(0x0200_0000), half(1), half(0), Buffer.from("hvc1\0"))),
      properties,
    );
  const head = box("ftyp", Buffer.from("heic"), word(0), Buffer.from("mif1heic"));
  const start = head.length + meta(0).length + 8;
  writeFileSync(heic, Buffer.concat([head, meta(start), box("mdat", picture)]));
}

function box(name: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([word(body.length + 8), Buffer.from(name), body]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function half(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

/** The box of that name, wherever it lies. */
function boxAt(bytes: Buffer, name: string): Buffer {
  const at = bytes.indexOf(name) - 4;
  return bytes.subarray(at, at + bytes.readUInt32BE(at));
}
