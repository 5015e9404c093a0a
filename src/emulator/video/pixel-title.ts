/** Letters from space to ~, five columns of seven pixels each, the lowest bit on top. */
const letters = Buffer.from(
  "000000000000005f00000007000700147f147f14242a7f2a12231308646236495522500005030000001c2241000041221c00" +
    "082a1c2a0808083e080800503000000808080808006060000020100804023e5149453e00427f4000426151494621" +
    "41454b311814127f1027454545393c4a49493001710905033649494936064949291e0036360000005636000000081422" +
    "4114141414144122140800020151090632497941" +
    "3e7e1111117e7f494949363e414141227f4141221c7f494949417f090909013e4149497a7f0808087f00417f410020" +
    "40413f017f081422417f404040407f0204027f7f0408107f3e4141413e7f090909063e4151215e7f09192946464949" +
    "493101017f01013f4040403f1f2040201f7f2018207f63140814630304780403615149454300007f4141020408102041" +
    "417f00000402010204404040404000010204002054545478" +
    "7f484444383844444420384444487f3854545418087e09010208145454" +
    "3c7f0804047800447d40002040443d00007f10284400417f40007c041804787c0804047838444444387c14141408" +
    "081414187c7c0804040848545454" +
    "20043f4440203c4040207c1c2040201c3c4030403c44281028440c5050503c4464544c440008364100" +
    "00007f00000041360800" +
    "0804081008",
  "hex",
);

const box = Buffer.from("7f4141417f", "hex");

/** Text as a PAM picture with alpha: white letters with a dark edge, scaled to fit. For machines without any font. */
export function pixelTitle(lines: readonly string[], frame: { width: number; height: number }): Buffer {
  const columns = Math.max(...lines.map((line) => [...line].length)) * 6 + 1;
  const rows = lines.length * 10;
  const scale = Math.max(1, Math.floor(Math.min((frame.width * 0.86) / columns, frame.height / 9 / 8)));
  const [width, height] = [columns * scale, rows * scale];
  const pixels = Buffer.alloc(width * height * 4);
  const lit = litPixels(lines, columns);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [column, row] = [Math.floor(x / scale), Math.floor(y / scale)];
      const at = (y * width + x) * 4;
      if (lit.has(row * columns + column)) pixels.fill(255, at, at + 4);
      else if (lit.has((row - 1) * columns + column - 1)) pixels[at + 3] = 140;
    }
  }
  const header = `P7\nWIDTH ${width}\nHEIGHT ${height}\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n`;
  return Buffer.concat([Buffer.from(header), pixels]);
}

function litPixels(lines: readonly string[], columns: number): Set<number> {
  const lit = new Set<number>();
  for (const [row, line] of lines.entries()) {
    const signs = [...line];
    const indent = Math.floor((columns - signs.length * 6) / 2);
    for (const [place, sign] of signs.entries()) {
      for (const [column, bits] of shapeOf(sign).entries()) {
        for (let bit = 0; bit < 7; bit += 1) {
          if ((bits >> bit) & 1) lit.add((row * 10 + 1 + bit) * columns + indent + place * 6 + column);
        }
      }
    }
  }
  return lit;
}

function shapeOf(sign: string): Buffer {
  const code = (sign.normalize("NFD").codePointAt(0) ?? 0) - 32;
  return code >= 0 && code * 5 < letters.length ? letters.subarray(code * 5, code * 5 + 5) : box;
}
