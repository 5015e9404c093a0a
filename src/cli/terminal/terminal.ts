// Owns: the message being typed, those that wait, and the rows at the end of the terminal. Talks to: the keyboard and
// stderr. Invariants: what is said goes above those rows, whole; the terminal is as it was once this is closed.
import { StringDecoder } from "node:string_decoder";
import { cleanLine, cleanText } from "../../base/clean-text.ts";
import { shorten } from "../../base/shorten.ts";
import { formatElapsed } from "../../report/format-elapsed.ts";
import { fitText } from "../../report/text-width.ts";
import { columnsOf } from "../columns-of.ts";
import type { Io } from "../io.ts";
import type { Screen } from "../screen.ts";
import { wallClock } from "../wall-clock.ts";
import { editLine, emptyLine, messageOf, type Line } from "./line-editor.ts";
import { promptFrame } from "./prompt-frame.ts";
import { readKeys, type Key, type KeyName } from "./read-keys.ts";

export interface TerminalOptions {
  /** Earlier messages, the oldest first. */
  readonly history: readonly string[];
  /** Ctrl-C, unless it took away what was typed. */
  readonly onInterrupt: () => void;
}

const promptText = "› ";
const waitingText = "⋯ ";
const messageRows = 6;
const waitingRows = 3;
const echoedLength = 400;
const keptLength = 2000;
const tickMs = 1000;
const bracketedPaste = { on: "\u001b[?2004h", off: "\u001b[?2004l" };

/** A message line at the end of a terminal, which can be typed into at any time. */
export class Terminal {
  readonly #io: Io;
  readonly #screen: Screen;
  readonly #options: TerminalOptions;
  readonly #decoder = new StringDecoder("utf8");
  readonly #history: string[];
  readonly #queue: string[] = [];
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #release: () => void;
  #line: Line;
  /** The start of a key that is not here whole yet. */
  #pending = "";
  /** In which row of what is drawn the cursor stands; undefined where nothing is drawn. */
  #drawnRow: number | undefined;
  #status: { readonly text: string; readonly sinceMs: number } | undefined;
  #wake: (() => void) | undefined;
  #aside: (message: string) => boolean = () => false;
  #isOver = false;

  /** The keyboard is read raw, so that pastes come whole and Ctrl-C is a key. */
  constructor(io: Io, screen: Screen, options: TerminalOptions) {
    [this.#io, this.#screen, this.#options] = [io, screen, options];
    this.#history = [...options.history];
    this.#line = emptyLine(this.#history);
    this.#release = screen.share((write) => this.#above(write));
    this.#timer = setInterval(() => {
      if (this.#status !== undefined) this.#draw();
    }, tickMs);
    io.stdin.setRawMode?.(true);
    io.stdin.on("data", this.#onData);
    io.stdin.on("end", this.#end);
    io.stderr.on("resize", this.#draw);
    io.stderr.write(bracketedPaste.on);
    this.#draw();
  }

  /** The next message; undefined at the end of input. */
  async next(): Promise<string | undefined> {
    if (this.#queue.length === 0 && !this.#isOver) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = undefined;
    }
    const message = this.#queue.shift();
    if (message !== undefined) this.#echo(message);
    return message;
  }

  /** What goes on now, in a row of its own above the line; undefined: nothing. */
  work(text: string | undefined): void {
    const sinceMs = this.#status?.sinceMs ?? wallClock.now();
    this.#status = text === undefined ? undefined : { text, sinceMs };
    this.#draw();
  }

  /** Writes a line to stdout as it is, above the line that is typed. */
  print(text: string): void {
    this.#above(() => void this.#io.stdout.write(`${text}\n`));
  }

  /** Messages that were typed and not taken yet. */
  waiting(): readonly string[] {
    return this.#queue;
  }

  /** Messages that are heard at once, while nobody waits for the next one. */
  onAside(hear: (message: string) => boolean): void {
    this.#aside = hear;
  }

  close(): void {
    const { stdin, stderr } = this.#io;
    this.#isOver = true;
    clearInterval(this.#timer);
    this.#erase();
    this.#release();
    stderr.off("resize", this.#draw);
    stdin.off("data", this.#onData);
    stdin.off("end", this.#end);
    stdin.setRawMode?.(false);
    stdin.pause();
    stderr.write(bracketedPaste.off);
  }

  #above(write: () => void): void {
    this.#erase();
    write();
    this.#draw();
  }

  #erase(): void {
    if (this.#drawnRow === undefined) return;
    this.#io.stderr.write(`${this.#drawnRow > 0 ? `\u001b[${this.#drawnRow}A` : ""}\r\u001b[J`);
    this.#drawnRow = undefined;
  }

  readonly #draw = (): void => {
    this.#erase();
    if (this.#isOver) return;
    const { stderr } = this.#io;
    const { paint } = this.#screen;
    const columns = columnsOf(stderr, 80);
    const frame = promptFrame({ prompt: promptText, ...this.#line }, { columns, rows: messageRows });
    const above = this.#rowsAbove().map((row) => paint.dim(fitText(row, columns - 1)));
    const rows = [
      ...above,
      ...frame.rows.map((row) =>
        row.startsWith(promptText) ? paint.cyan(promptText) + row.slice(promptText.length) : row,
      ),
    ];
    this.#drawnRow = above.length + frame.row;
    const back = rows.length - 1 - this.#drawnRow;
    const column = frame.column === 0 ? "" : `\u001b[${frame.column}C`;
    stderr.write(`${rows.join("\r\n")}${back > 0 ? `\u001b[${back}A` : ""}\r${column}`);
  };

  /** What goes on, and the messages that wait for it. */
  #rowsAbove(): string[] {
    const waiting = this.#queue.slice(0, waitingRows).map((message) => `${waitingText}${cleanLine(message)}`);
    const more = this.#queue.length - waiting.length;
    return [
      ...(this.#status === undefined ? [] : [statusText(this.#status)]),
      ...waiting,
      ...(more > 0 ? [`${waitingText}+${more}`] : []),
    ];
  }

  readonly #onData = (chunk: string | Buffer): void => {
    const text = typeof chunk === "string" ? chunk : this.#decoder.write(chunk);
    // Escape alone: what comes next is no part of it.
    if (this.#pending === "\u001b" && !/^[[O]/.test(text)) this.#pending = "";
    const read = readKeys(this.#pending + text);
    this.#pending = read.rest;
    for (const key of read.keys) if (!this.#isOver) this.#onKey(key);
    if (!this.#isOver) this.#draw();
  };

  #onKey(key: Key): void {
    if (key.type === "press") this.#press(key.name);
    else this.#line = editLine(this.#line, { ...key, text: cleanText(key.text) });
  }

  #press(name: KeyName): void {
    const { text } = this.#line;
    if (name === "enter" && !text.endsWith("\\")) this.#submit();
    else if (name === "enter") this.#line = continued(this.#line);
    else if (name === "interrupt") {
      if (text === "" || this.#wake === undefined) this.#options.onInterrupt();
      else this.#line = emptyLine(this.#history);
    } else if (name === "end-of-input") {
      if (text === "") this.#end();
    } else this.#line = editLine(this.#line, { type: "press", name });
  }

  #submit(): void {
    const message = messageOf(this.#line);
    if (message.trim() !== "") this.#history.push(message.replace(/\s*\n\s*/g, " ").slice(0, keptLength));
    this.#line = emptyLine(this.#history);
    if (this.#wake === undefined && (message.trim() === "" || this.#isAside(message))) return;
    this.#queue.push(message);
    this.#wake?.();
  }

  #isAside(message: string): boolean {
    const isHeard = this.#aside(message);
    if (isHeard) this.#echo(message);
    return isHeard;
  }

  #echo(message: string): void {
    this.#above(() => void this.#io.stderr.write(`${echoOf(message)}\n`));
  }

  readonly #end = (): void => {
    this.#isOver = true;
    this.#erase();
    this.#wake?.();
  };
}

/** A backslash at its end: the message has another line. */
function continued(line: Line): Line {
  const text = line.text.slice(0, -1);
  return editLine({ ...line, text, cursor: text.length }, { type: "press", name: "newline" });
}

function statusText({ text, sinceMs }: { readonly text: string; readonly sinceMs: number }): string {
  const elapsedMs = wallClock.now() - sinceMs;
  return elapsedMs < tickMs ? text : `${text} · ${formatElapsed(elapsedMs)}`;
}

/** What stays of a message above the line once it is sent off. */
function echoOf(text: string): string {
  return `${promptText}${shorten(text, echoedLength).replaceAll("\n", "\n  ")}`;
}
