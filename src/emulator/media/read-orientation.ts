/** The EXIF orientation (1–8) in the first bytes of a JPEG; 1 when there is none. */
export function readOrientation(head: Buffer): number {
  if (head.length < 4 || head.readUInt16BE(0) !== 0xffd8) return 1;
  let at = 2;
  while (at + 10 < head.length && head[at] === 0xff) {
    const sizeBytes = head.readUInt16BE(at + 2);
    const isExif = head[at + 1] === 0xe1 && head.subarray(at + 4, at + 8).toString("latin1") === "Exif";
    if (isExif) return readTiff(head.subarray(at + 10, at + 2 + sizeBytes));
    if (head[at + 1] === 0xda) return 1;
    at += 2 + sizeBytes;
  }
  return 1;
}

const orientationTag = 0x0112;

function readTiff(tiff: Buffer): number {
  if (tiff.length < 14) return 1;
  const little = tiff.subarray(0, 2).toString("latin1") === "II";
  const u16 = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (first + 2 > tiff.length) return 1;
  const count = u16(first);
  for (let index = 0; index < count; index += 1) {
    const entry = first + 2 + index * 12;
    if (entry + 12 > tiff.length) return 1;
    if (u16(entry) !== orientationTag) continue;
    const value = u16(entry + 8);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
