/** What the service takes, by extension, with the first bytes that each must have. */
interface MediaKind {
  fileType: "video" | "image" | "audio";
  begins(head: Buffer): boolean;
}

const text = (head: Buffer, at: number, word: string): boolean =>
  head.subarray(at, at + word.length).toString("latin1") === word;
const bytes =
  (...wanted: number[]) =>
  (head: Buffer): boolean =>
    wanted.every((byte, index) => head[index] === byte);
const riff =
  (word: string) =>
  (head: Buffer): boolean =>
    text(head, 0, "RIFF") && text(head, 8, word);
const box = (head: Buffer): boolean =>
  ["ftyp", "moov", "mdat", "wide", "free", "skip"].some((word) => text(head, 4, word));
const ebml = bytes(0x1a, 0x45, 0xdf, 0xa3);
const adts = (head: Buffer): boolean => head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0;
const id3 = (head: Buffer): boolean => text(head, 0, "ID3");
const jpeg = bytes(0xff, 0xd8, 0xff);

const kinds: Readonly<Record<string, MediaKind>> = {
  mp4: { fileType: "video", begins: box },
  mov: { fileType: "video", begins: box },
  avi: { fileType: "video", begins: riff("AVI ") },
  webm: { fileType: "video", begins: ebml },
  mkv: { fileType: "video", begins: ebml },
  jpg: { fileType: "image", begins: jpeg },
  jpeg: { fileType: "image", begins: jpeg },
  png: { fileType: "image", begins: bytes(0x89, 0x50, 0x4e, 0x47) },
  gif: { fileType: "image", begins: (head) => text(head, 0, "GIF8") },
  webp: { fileType: "image", begins: riff("WEBP") },
  mp3: { fileType: "audio", begins: (head) => id3(head) || adts(head) },
  wav: { fileType: "audio", begins: riff("WAVE") },
  m4a: { fileType: "audio", begins: box },
  aac: { fileType: "audio", begins: (head) => adts(head) || id3(head) },
};

export const takenExtensions: readonly string[] = Object.keys(kinds);

/** The kind of a file by its name and its first bytes; `undefined` for what the service refuses. */
export function mediaKindOf(filename: string, head: Buffer): MediaKind["fileType"] | undefined {
  const extension = /\.([^.]+)$/.exec(filename)?.[1]?.toLowerCase() ?? "";
  const kind = Object.hasOwn(kinds, extension) ? kinds[extension] : undefined;
  return kind?.begins(head) === true ? kind.fileType : undefined;
}
