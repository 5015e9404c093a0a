import { describe, expect, it } from "vitest";
import { sixel, type Pixels } from "../../src/report/sixel.ts";
import { terminalPicture } from "../../src/report/terminal-picture.ts";
import { seededRandom } from "../support/seeded-random.ts";

/** Without the character that no pattern may hold. */
const visible = (text: string): string => text.replaceAll("\u001b", "␛");

/** Reads the graphics back, as a terminal would: the colour of each pixel, 0 to 100 a part. */
function decode(text: string): {
  readonly width: number;
  readonly height: number;
  readonly colours: number[][];
} {
  const [, wide = "", high = "", body = ""] =
    /^␛P0;1;0q"1;1;(\d+);(\d+)([^␛]*)␛\\$/.exec(visible(text)) ?? [];
  const [width, height] = [Number(wide), Number(high)];
  const palette = new Map<string, number[]>();
  const colours: number[][] = Array.from({ length: width * height }, () => []);
  let [x, top, colour] = [0, 0, ""];
  for (const [mark, number, definition, repeat, char] of body.matchAll(
    /#(\d+)(;2;\d+;\d+;\d+)?|!(\d+)([?-~])|[$\-?-~]/g,
  )) {
    if (number !== undefined && definition !== undefined)
      palette.set(number, definition.slice(3).split(";").map(Number));
    else if (number !== undefined) colour = number;
    else if (mark === "$") x = 0;
    else if (mark === "-") [x, top] = [0, top + 6];
    else
      for (let left = Number(repeat ?? 1); left > 0; left--, x++)
        for (let row = 0; row < 6; row++)
          if ((((char ?? mark).charCodeAt(0) - 63) >> row) & 1)
            colours[(top + row) * width + x] = palette.get(colour) ?? [];
  }
  return { width, height, colours };
}

const picture = (
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly number[],
): Pixels => ({
  width,
  height,
  rgb: Uint8Array.from(
    Array.from({ length: width * height }, (_, at) => colourAt(at % width, Math.floor(at / width))).flat(),
  ),
});

describe("sixel", () => {
  it.each([
    [1, 1],
    [7, 5],
    [40, 6],
    [33, 20],
  ])("every pixel of %d × %d has a colour near its own", (width, height) => {
    const random = seededRandom(width);
    const drawn = picture(width, height, () => [0, 0, 0].map(() => random.between(0, 255)));
    const read = decode(sixel(drawn));
    expect([read.width, read.height]).toEqual([width, height]);
    for (const [at, colour] of read.colours.entries())
      for (const [part, percent] of colour.entries())
        expect(Math.abs(percent - ((drawn.rgb[at * 3 + part] ?? 0) * 100) / 255)).toBeLessThanOrEqual(20);
    expect(read.colours.every(({ length }) => length === 3)).toBe(true);
  });

  it("an even grey comes out as bright as it went in", () => {
    const { colours } = decode(sixel(picture(16, 16, () => [120, 120, 120])));
    const mean = colours.reduce((sum, [red = 0]) => sum + red, 0) / colours.length;
    expect(Math.abs(mean - 47)).toBeLessThan(3);
  });

  it("one colour is one run", () => {
    expect(sixel(picture(200, 6, () => [255, 255, 255]))).toMatch(/#215!200~.\\$/);
  });
});

describe("terminalPicture", () => {
  const bytes = Uint8Array.from({ length: 10_000 }, (_, index) => index % 251);
  const base64 = Buffer.from(bytes).toString("base64");

  it("kitty: the bytes in pieces of 4096, and only the last says that it is the last", () => {
    const parts = visible(terminalPicture("kitty", bytes, 60) ?? "")
      .split("␛\\")
      .slice(0, -1);
    expect(parts).toHaveLength(4);
    expect(parts[0]).toMatch(/^␛_Ga=T,f=100,c=60,q=2,m=1;/);
    for (const part of parts.slice(1, -1)) expect(part).toMatch(/^␛_Gm=1;/);
    expect(parts.at(-1)).toMatch(/^␛_Gm=0;/);
    expect(parts.map((part) => part.slice(part.indexOf(";") + 1)).join("")).toBe(base64);
  });

  it("iTerm2: one sequence with size and width", () => {
    expect(terminalPicture("iterm2", bytes, 60)).toBe(
      `\u001b]1337;File=inline=1;size=10000;width=60;preserveAspectRatio=1:${base64}\u0007`,
    );
  });

  it("sixel: of a PPM, and of nothing else", () => {
    const ppm = Buffer.concat([Buffer.from("P6\n2 1\n255\n"), Buffer.from([255, 0, 0, 0, 0, 255])]);
    expect(decode(terminalPicture("sixel", ppm, 60) ?? "").colours).toEqual([
      [100, 0, 0],
      [0, 0, 100],
    ]);
    for (const wrong of [bytes, Buffer.from("P6\n9 9\n255\n123"), Buffer.alloc(0)])
      expect(terminalPicture("sixel", wrong, 60)).toBeUndefined();
  });
});
