import { sixel, type Pixels } from "./sixel.ts";

/** How a terminal takes pictures. */
export type PictureProtocol = "kitty" | "iterm2" | "sixel";

/** The bytes that each protocol wants of a picture. */
export const pictureFormats = { kitty: "png", iterm2: "jpeg", sixel: "ppm" } as const;

const chunkLength = 4096;

/** What makes a terminal show a picture, `columns` wide where it can be told. Undefined for bytes that are none. */
export function terminalPicture(
  protocol: PictureProtocol,
  bytes: Uint8Array,
  columns: number,
): string | undefined {
  if (protocol === "sixel") {
    const pixels = readPpm(bytes);
    return pixels === undefined ? undefined : sixel(pixels);
  }
  const base64 = Buffer.from(bytes).toString("base64");
  if (protocol === "iterm2")
    return `\u001b]1337;File=inline=1;size=${bytes.length};width=${columns};preserveAspectRatio=1:${base64}\u0007`;
  const chunks = base64.match(new RegExp(`.{1,${chunkLength}}`, "g")) ?? [];
  return chunks
    .map((chunk, index) => {
      const first = index === 0 ? `a=T,f=100,c=${columns},q=2,` : "";
      return `\u001b_G${first}m=${index < chunks.length - 1 ? 1 : 0};${chunk}\u001b\\`;
    })
    .join("");
}

/** The plainest picture file there is: `P6 width height 255`, then three bytes a pixel. */
function readPpm(bytes: Uint8Array): Pixels | undefined {
  const head = Buffer.from(bytes.subarray(0, 40)).toString("latin1");
  const [whole = "", width, height] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(head) ?? [];
  const pixels = { width: Number(width), height: Number(height), rgb: bytes.subarray(whole.length) };
  return whole !== "" && pixels.rgb.length >= pixels.width * pixels.height * 3 ? pixels : undefined;
}
