import type { Paint } from "../report/paint.ts";
import type { Flags } from "./command-line/flags.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";
import type { Redact } from "./redact.ts";

/** Calls `write` at a moment when the terminal is free for it. */
export type Aside = (write: () => void) => void;

/** The two places where text leaves: results on stdout, words for people on stderr. No secret passes. */
export interface Screen {
  /** For stderr. */
  readonly paint: Paint;
  /** For stdout. */
  readonly outPaint: Paint;
  /** A live view is wanted: stderr is a terminal of a known width, and nobody asked for silence or plain lines. */
  readonly live: boolean;
  /** One line of result on stdout. */
  out(line: string): void;
  /** One line for people on stderr; kept back by --quiet. */
  note(line: string): void;
  /** One line for people on stderr, whatever was asked. */
  alert(line: string): void;
  /** What makes the terminal draw a picture, on a line of its own; nobody's text is in it. */
  picture(sequence: string): void;
  /** From now on lines go around something that is drawn on the terminal; until the returned function is called. */
  share(aside: Aside): () => void;
}

export function screenFor(io: Io, flags: Flags, redact: Redact): Screen {
  const quiet = flags.quiet === true;
  const isPlain = flags.color === false || isSet(io.env["NO_COLOR"]) || io.env["TERM"] === "dumb";
  const isDumb = isSet(io.env["CI"]) || io.env["TERM"] === "dumb";
  const atOnce: Aside = (write) => write();
  let aside = atOnce;
  const alert = (line: string): void => aside(() => void io.stderr.write(`${redact(line)}\n`));
  const out = (line: string): void => {
    const write = (): void => void io.stdout.write(`${redact(line)}\n`);
    if (io.stdout.isTTY === true) aside(write);
    else write();
  };
  return {
    get paint() {
      return paintFor(!isPlain && io.stderr.isTTY === true);
    },
    get outPaint() {
      return paintFor(!isPlain && io.stdout.isTTY === true);
    },
    get live() {
      const isKnownTerminal = io.stderr.isTTY === true && io.stderr.columns !== 0;
      return !quiet && !isDumb && !logsToStderr(io, flags) && isKnownTerminal;
    },
    out,
    alert,
    note: (line) => {
      if (!quiet) alert(line);
    },
    picture: (sequence) => aside(() => void io.stderr.write(`${sequence}\n`)),
    share: (other) => {
      aside = other;
      return () => {
        aside = atOnce;
      };
    },
  };
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== "";

const logsToStderr = (io: Io, flags: Flags): boolean =>
  flags.logFile === undefined && (flags.verbose === true || io.env["NEMO_RECIPE_LOG"] === "debug");
