// What a terminal or a log viewer would obey: escape sequences, controls, direction changes, invisible marks.
const escapeSequence =
  // oxlint-disable-next-line no-control-regex -- control characters are what this looks for
  /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?|(?:\u001B[\]PX^_]|[\u009D\u0090\u0098\u009E\u009F])[^\u0007\u001B\u009C\n]*(?:\u0007|\u001B\\|\u009C)?|\u001B[ -/]*[0-~]?/gu;
const unwanted =
  // oxlint-disable-next-line no-control-regex -- as above
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028\u2029\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/gu;

/** Text from outside, safe to show: line feeds and tabs stay, every other control or direction mark goes. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(escapeSequence, "").replace(unwanted, "");
}

/** {@link cleanText} on one line, cut to `limit` characters: for names, titles and quoted messages. */
export function cleanLine(text: string, limit = 300): string {
  const line = cleanText(text.slice(0, limit * 8))
    .replace(/\s+/g, " ")
    .trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
