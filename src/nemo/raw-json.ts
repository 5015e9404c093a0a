/**
 * The JSON text of the member that `path` names, exactly as it stands in `text`; undefined where there is none.
 * Parsing and writing again would change numbers beyond 2^53, `1.0` and repeated keys. `text` must be valid JSON.
 */
export function rawMember(text: string, path: readonly string[]): string | undefined {
  let start = skipSpace(text, 0);
  let end = text.length;
  for (const key of path) {
    const found = findMember(text, start, key);
    if (found === undefined) return undefined;
    [start, end] = found;
  }
  return text.slice(start, end).trim();
}

/** Start and end of the value of `key` in the object at `at`; of the last one, as JSON.parse has it. */
function findMember(text: string, at: number, key: string): readonly [number, number] | undefined {
  if (text[at] !== "{") return undefined;
  let found: readonly [number, number] | undefined;
  let position = skipSpace(text, at + 1);
  while (position < text.length && text[position] !== "}") {
    const keyEnd = skipString(text, position);
    const name: unknown = JSON.parse(text.slice(position, keyEnd));
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = skipValue(text, start);
    if (name === key) found = [start, end];
    position = skipSpace(text, end);
    if (text[position] === ",") position = skipSpace(text, position + 1);
  }
  return found;
}

function skipSpace(text: string, at: number): number {
  let position = at;
  while (position < text.length && text.charCodeAt(position) <= 32) position++;
  return position;
}

function skipString(text: string, at: number): number {
  for (let position = at + 1; position < text.length; position++) {
    if (text[position] === "\\") position++;
    else if (text[position] === '"') return position + 1;
  }
  return text.length;
}

function skipValue(text: string, at: number): number {
  let depth = 0;
  let position = at;
  while (position < text.length) {
    const char = text[position];
    if (char === '"') {
      position = skipString(text, position);
      if (depth === 0) return position;
      continue;
    }
    if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") {
      if (depth === 0) return position;
      if (--depth === 0) return position + 1;
    } else if (depth === 0 && (char === "," || text.charCodeAt(position) <= 32)) return position;
    position++;
  }
  return position;
}
