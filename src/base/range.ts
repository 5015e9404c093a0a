/** Both ends belong to the range; a missing end is open. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** Reads `14s..16s`, `1..`, `..3` or one value, each end by `parseEnd`; undefined where the text is no range. */
export function parseRange(text: string, parseEnd: (end: string) => number | undefined): Range | undefined {
  const [from, to, more] = text.split("..").map((end) => end.trim());
  if (more !== undefined || from === undefined) return undefined;
  if (to === undefined) {
    const value = parseEnd(from);
    return value === undefined ? undefined : { min: value, max: value };
  }
  if (from === "" && to === "") return undefined;
  const min = from === "" ? undefined : parseEnd(from);
  const max = to === "" ? undefined : parseEnd(to);
  if ((from !== "" && min === undefined) || (to !== "" && max === undefined)) return undefined;
  if (min !== undefined && max !== undefined && min > max) return undefined;
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

/** True where `value` lies in `range`, the ends included and widened by `slack`. */
export function isInRange(value: number, range: Range, slack = 0): boolean {
  return value >= (range.min ?? -Infinity) - slack && value <= (range.max ?? Infinity) + slack;
}

/** The range as a recipe spells it. */
export function formatRange(range: Range, formatEnd: (value: number) => string = String): string {
  if (range.min !== undefined && range.min === range.max) return formatEnd(range.min);
  const end = (value: number | undefined): string => (value === undefined ? "" : formatEnd(value));
  return `${end(range.min)}..${end(range.max)}`;
}
