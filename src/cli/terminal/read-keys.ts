/** One thing that came from the keyboard. */
export type Key =
  | { readonly type: "text"; readonly text: string }
  /** Pasted whole, line ends as line feeds. */
  | { readonly type: "paste"; readonly text: string }
  | { readonly type: "press"; readonly name: KeyName };

export type KeyName =
  | "enter"
  | "newline"
  | "backspace"
  | "delete"
  | "left"
  | "right"
  | "up"
  | "down"
  | "home"
  | "end"
  | "word-left"
  | "word-right"
  | "delete-word"
  | "delete-before"
  | "delete-behind"
  | "interrupt"
  | "end-of-input"
  | "redraw";

const pasteStart = "\u001b[200~";
const pasteEnd = "\u001b[201~";

const controls: Readonly<Record<string, KeyName>> = {
  "\r": "enter",
  "\n": "enter",
  "\u007f": "backspace",
  "\b": "backspace",
  "\u0001": "home",
  "\u0002": "left",
  "\u0003": "interrupt",
  "\u0004": "end-of-input",
  "\u0005": "end",
  "\u0006": "right",
  "\u000b": "delete-behind",
  "\u000c": "redraw",
  "\u000e": "down",
  "\u0010": "up",
  "\u0015": "delete-before",
  "\u0017": "delete-word",
};

const sequences: Readonly<Record<string, KeyName>> = {
  "[A": "up",
  "[B": "down",
  "[C": "right",
  "[D": "left",
  OA: "up",
  OB: "down",
  OC: "right",
  OD: "left",
  "[H": "home",
  "[F": "end",
  OH: "home",
  OF: "end",
  "[1~": "home",
  "[7~": "home",
  "[4~": "end",
  "[8~": "end",
  "[3~": "delete",
  "[1;5C": "word-right",
  "[1;5D": "word-left",
  "[1;3C": "word-right",
  "[1;3D": "word-left",
  b: "word-left",
  f: "word-right",
  "\r": "newline",
  "\n": "newline",
  "[13;2u": "newline",
  "\u007f": "delete-word",
};

// oxlint-disable-next-line no-control-regex -- it takes a keyboard's bytes apart
const sequence = /^\u001b(?:\[[0-?]*[ -/]*[@-~]|O[@-~]|[^[O])/;

/** The keys in what a terminal sent so far; `rest` is the start of something that is not here whole yet. */
export function readKeys(bytes: string): { readonly keys: readonly Key[]; readonly rest: string } {
  const keys: Key[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tail = bytes.slice(at, at + 32);
    if (tail.startsWith(pasteStart)) {
      const end = bytes.indexOf(pasteEnd, at);
      if (end === -1) return { keys, rest: bytes.slice(at) };
      keys.push({ type: "paste", text: bytes.slice(at + pasteStart.length, end).replace(/\r\n?/g, "\n") });
      at = end + pasteEnd.length;
      continue;
    }
    const control = controls[tail[0] ?? ""];
    if (control !== undefined) {
      keys.push({ type: "press", name: control });
      at += 1;
      continue;
    }
    if (tail[0] === "\u001b") {
      const found = sequence.exec(tail)?.[0];
      if (found === undefined) return { keys, rest: tail.length < 32 ? bytes.slice(at) : "" };
      const name = sequences[found.slice(1)];
      if (name !== undefined) keys.push({ type: "press", name });
      at += found.length;
      continue;
    }
    const end = plainEnd(bytes, at);
    const text = bytes.slice(at, Math.max(end, at + 1));
    // A tab or another sign that no line holds.
    if (end > at) keys.push({ type: "text", text });
    at += text.length;
  }
  return { keys, rest: "" };
}

function plainEnd(bytes: string, from: number): number {
  let end = from;
  while (end < bytes.length && bytes.charCodeAt(end) >= 32 && bytes.charCodeAt(end) !== 127) end += 1;
  return end;
}
