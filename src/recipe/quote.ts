/** A text as YAML reads it back unaltered: in double quotes where nothing needs an escape, else in single ones. */
export function quote(text: string): string {
  const line = text.replace(/\s*\n\s*/g, " ").trim();
  return /["\\]/.test(line) ? `'${line.replaceAll("'", "''")}'` : `"${line}"`;
}

const beforeText = /^(\s*(?:(?:- +)*(?:[\p{L}\p{N}_.-]+:\s+|- +)?))(.*)$/u;

/** A line of a recipe with its text quoted: `- show a: b` → `- "show a: b"`. */
export function quoteLine(line: string): string {
  const [, before = "", text = ""] = beforeText.exec(line) ?? [];
  return before + quote(unquote(text.trim()));
}

/** The line with the value quoted that starts at a column, counted from 0: in `[ ]` and `{ }` it ends at a comma. */
export function quoteValueAt(line: string, column: number): string {
  const before = line.slice(0, column);
  if (!/[[{]/.test(before.replace(/\$\{\{[^{}]*\}\}/g, ""))) return quoteLine(line);
  const [value = ""] = /^(?:[^,[\]{}]|\{[^{}]*\})*/.exec(line.slice(column)) ?? [];
  return before + quote(value) + line.slice(column + value.trimEnd().length);
}

/** What was meant by text between quotes that it also holds: `'it's fine'` → `it's fine`. */
function unquote(text: string): string {
  const first = text[0];
  return text.length > 2 && (first === "'" || first === '"') && text.endsWith(first)
    ? text.slice(1, -1)
    : text;
}
