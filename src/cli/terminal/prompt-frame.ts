import { textWidth } from "../../report/text-width.ts";

/** The rows at the end of the terminal, and where the cursor stands in them. Each row is narrower than the terminal. */
export interface Frame {
  readonly rows: readonly string[];
  readonly row: number;
  readonly column: number;
}

export interface FrameSize {
  readonly columns: number;
  /** Most rows that the message may take. */
  readonly rows: number;
}

interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Lays a message out behind its prompt, cut to the rows around the cursor where it is long. */
export function promptFrame(
  { prompt, text, cursor }: { readonly prompt: string; readonly text: string; readonly cursor: number },
  { columns, rows: mostRows }: FrameSize,
): Frame {
  const width = Math.max(4, columns - 1);
  const indent = " ".repeat(Math.min(textWidth(prompt), width - 2));
  const rows: string[] = [];
  let current = textWidth(prompt) < width - 2 ? prompt : "";
  let used = textWidth(current);
  let place: Cell | undefined;
  let at = 0;
  const next = (): void => {
    rows.push(current);
    current = indent;
    used = indent.length;
  };
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)) {
    const wide = segment === "\n" ? 0 : textWidth(segment);
    if (segment !== "\n" && used + wide > width) next();
    if (at === cursor) place = { row: rows.length, column: used };
    if (segment === "\n") next();
    else {
      current += segment;
      used += wide;
    }
    at += segment.length;
  }
  if (used >= width) next();
  place ??= { row: rows.length, column: used };
  rows.push(current);
  const first = Math.max(0, Math.min(place.row - mostRows + 1, rows.length - mostRows));
  return { rows: rows.slice(first, first + mostRows), row: place.row - first, column: place.column };
}
