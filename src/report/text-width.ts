let segmenter: Intl.Segmenter | undefined;
const plainAscii = /^[ -~]*$/;
const invisible = /^[\p{Cc}\p{Cf}\p{M}]*$/u;
/** East Asian wide and full-width blocks, and what terminals draw as a two-column picture. */
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{17000}-\u{18CFF}\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}|\p{Emoji}\uFE0F/u;

/** Columns that a text takes on a terminal. It must not hold colour codes. */
export function textWidth(text: string): number {
  if (plainAscii.test(text)) return text.length;
  let columns = 0;
  for (const { segment } of graphemes(text)) columns += graphemeWidth(segment);
  return columns;
}

/** The text, or its beginning and `…` where it would take more than `columns`. Never cuts through a character. */
export function fitText(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  if (columns <= 0) return "";
  let kept = "";
  let width = 0;
  for (const { segment } of graphemes(text)) {
    width += graphemeWidth(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** The text in exactly `columns`: cut, or filled up with spaces. */
export function padText(text: string, columns: number): string {
  const fitted = fitText(text, columns);
  return fitted + " ".repeat(Math.max(0, columns - textWidth(fitted)));
}

/** The segmenter is made for the first text that is not plain: it costs a start milliseconds. */
function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return segmenter.segment(text);
}

function graphemeWidth(segment: string): number {
  if (invisible.test(segment)) return 0;
  return wide.test(segment) ? 2 : 1;
}
