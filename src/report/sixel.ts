/** A picture as rows of pixels, three bytes each: red, green, blue. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

const levels = 6;
/** Spreads what the few colours cannot show over each four by four pixels. */
const threshold = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5].map(
  (step) => (step + 0.5) / 16 - 0.5,
);
const bandHeight = 6;

/** The picture in the graphics of DEC terminals: 216 colours, six rows of pixels at a time. */
export function sixel({ width, height, rgb }: Pixels): string {
  const colours = colourOfEach({ width, height, rgb });
  const bands: string[] = [];
  for (let top = 0; top < height; top += bandHeight) bands.push(band(colours, { width, height, top }));
  return `\u001bP0;1;0q"1;1;${width};${height}${palette()}${bands.join("-")}\u001b\\`;
}

function colourOfEach({ width, height, rgb }: Pixels): Uint8Array {
  const colours = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const nudge = threshold[(y % 4) * 4 + (x % 4)] ?? 0;
      const level = (part: number): number =>
        Math.min(
          levels - 1,
          Math.max(0, Math.round(((rgb[at * 3 + part] ?? 0) / 255) * (levels - 1) + nudge * 0.9)),
        );
      colours[at] = (level(0) * levels + level(1)) * levels + level(2);
    }
  return colours;
}

function palette(): string {
  const percent = (level: number): number => Math.round((level * 100) / (levels - 1));
  return Array.from({ length: levels ** 3 }, (_, colour) => {
    const [red, green, blue] = [
      Math.floor(colour / levels ** 2),
      Math.floor(colour / levels) % levels,
      colour % levels,
    ];
    return `#${colour};2;${percent(red ?? 0)};${percent(green ?? 0)};${percent(blue ?? 0)}`;
  }).join("");
}

/** Colour after colour, each from the left: a character holds which of its six pixels have it. */
function band(
  colours: Uint8Array,
  { width, height, top }: { readonly width: number; readonly height: number; readonly top: number },
): string {
  const masks = new Map<number, Uint8Array>();
  for (let row = 0; row < Math.min(bandHeight, height - top); row++)
    for (let x = 0; x < width; x++) {
      const colour = colours[(top + row) * width + x] ?? 0;
      const mask = masks.get(colour) ?? new Uint8Array(width);
      masks.set(colour, mask);
      mask[x] = (mask[x] ?? 0) | (1 << row);
    }
  return [...masks].map(([colour, mask]) => `#${colour}${runs(mask)}`).join("$");
}

function runs(mask: Uint8Array): string {
  let text = "";
  for (let x = 0; x < mask.length;) {
    let end = x + 1;
    while (end < mask.length && mask[end] === mask[x]) end++;
    const mark = String.fromCharCode(63 + (mask[x] ?? 0));
    text += end - x > 3 ? `!${end - x}${mark}` : mark.repeat(end - x);
    x = end;
  }
  return text;
}
