/** One line of `--json`. */
export function jsonLine(event: object): string {
  return escaped(JSON.stringify(event));
}

/** Paths stay exact: what a terminal would obey is written as JSON's own escapes. */
function escaped(json: string): string {
  return json.replace(
    /[\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu,
    (text) =>
      Array.from(
        { length: text.length },
        (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, "0")}`,
      ).join(""),
  );
}
