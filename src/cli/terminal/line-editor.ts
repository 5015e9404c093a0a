import type { Key, KeyName } from "./read-keys.ts";

/** A message while it is typed. */
export interface Line {
  /** May have several lines. A long paste stands in it as a short mark. */
  readonly text: string;
  /** In UTF-16 units, never inside a character. */
  readonly cursor: number;
  /** What the marks stand for. */
  readonly pastes: readonly { readonly mark: string; readonly text: string }[];
  /** Earlier messages, the oldest first. */
  readonly history: readonly string[];
  /** Which of them is shown; their number where none is. */
  readonly place: number;
  /** What was typed before the history was looked at. */
  readonly kept: string;
}

const shortPaste = 400;
let segmenter: Intl.Segmenter | undefined;

export function emptyLine(history: readonly string[]): Line {
  return { text: "", cursor: 0, pastes: [], history, place: history.length, kept: "" };
}

/** The message with every mark as what was pasted. */
export function messageOf({ text, pastes }: Line): string {
  return pastes.reduce((message, { mark, text: pasted }) => message.replace(mark, () => pasted), text);
}

/** The line after one key. What ends a line (enter, interrupt) is not for it. */
export function editLine(line: Line, key: Key): Line {
  if (key.type === "text") return insert(line, key.text);
  if (key.type === "paste") return paste(line, key.text);
  return press(line, key.name);
}

function press(line: Line, name: KeyName): Line {
  const { text, cursor } = line;
  switch (name) {
    case "newline":
      return insert(line, "\n");
    case "backspace":
      return cut(line, before(line), cursor);
    case "delete":
      return cut(line, cursor, behind(line));
    case "left":
      return { ...line, cursor: before(line) };
    case "right":
      return { ...line, cursor: behind(line) };
    case "home":
      return { ...line, cursor: text.lastIndexOf("\n", cursor - 1) + 1 };
    case "end":
      return { ...line, cursor: lineEnd(line) };
    case "word-left":
      return { ...line, cursor: wordStart(line) };
    case "word-right":
      return { ...line, cursor: cursor + (/^\s*\S*/.exec(text.slice(cursor))?.[0].length ?? 0) };
    case "delete-word":
      return cut(line, wordStart(line), cursor);
    case "delete-before":
      return cut(line, 0, cursor);
    case "delete-behind":
      return cut(line, cursor, lineEnd(line));
    case "up":
      return look(line, -1);
    case "down":
      return look(line, 1);
    default:
      return line;
  }
}

function insert(line: Line, added: string): Line {
  const { text, cursor } = line;
  return { ...line, text: text.slice(0, cursor) + added + text.slice(cursor), cursor: cursor + added.length };
}

/** What is long would fill the screen: a mark stands for it. */
function paste(line: Line, pasted: string): Line {
  if (pasted.length <= shortPaste && !pasted.trim().includes("\n"))
    return insert(line, pasted.replace(/\s*\n\s*/g, " "));
  const lines = pasted.split("\n").length;
  const size = lines > 1 ? `${lines} lines` : `${pasted.length} characters`;
  const mark = `[pasted ${line.pastes.length + 1}: ${size}]`;
  return insert({ ...line, pastes: [...line.pastes, { mark, text: pasted }] }, mark);
}

function cut(line: Line, from: number, to: number): Line {
  return { ...line, text: line.text.slice(0, from) + line.text.slice(to), cursor: from };
}

/** A mark goes and is passed as one. */
function before({ text, cursor, pastes }: Line): number {
  const mark = pastes.find((one) => text.slice(0, cursor).endsWith(one.mark))?.mark;
  if (mark !== undefined) return cursor - mark.length;
  const from = Math.max(0, cursor - 64);
  const last = [...graphemes(text.slice(from, cursor))].at(-1)?.segment ?? "";
  return cursor - last.length;
}

function behind({ text, cursor, pastes }: Line): number {
  const mark = pastes.find((one) => text.startsWith(one.mark, cursor))?.mark;
  if (mark !== undefined) return cursor + mark.length;
  for (const { segment } of graphemes(text.slice(cursor, cursor + 64))) return cursor + segment.length;
  return cursor;
}

function wordStart({ text, cursor }: Line): number {
  return cursor - (/\S*\s*$/.exec(text.slice(0, cursor))?.[0].length ?? 0);
}

function lineEnd({ text, cursor }: Line): number {
  const end = text.indexOf("\n", cursor);
  return end === -1 ? text.length : end;
}

/** Up to an earlier message, down to a later one, and at last to what was being typed. */
function look(line: Line, by: -1 | 1): Line {
  const { history, place, text, kept } = line;
  const next = place + by;
  if (next < 0 || next > history.length) return line;
  const typed = place === history.length ? text : kept;
  const shown = next === history.length ? typed : (history[next] ?? "");
  return { ...line, text: shown, cursor: shown.length, place: next, kept: typed };
}

function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return segmenter.segment(text);
}
