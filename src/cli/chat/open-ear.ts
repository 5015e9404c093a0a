import { createInterface } from "node:readline";
import { wrapText } from "../../report/wrap-text.ts";
import { canAsk } from "../ask.ts";
import type { Call } from "../call.ts";
import { columnsOf } from "../columns-of.ts";
import { shownFrom } from "../shown-from.ts";
import { Terminal } from "../terminal/terminal.ts";
import type { Voice } from "./voice.ts";

/** Where messages come from, and where the answers go. */
export interface Ear {
  /** A person sits there, who can be asked and can try again. */
  readonly isTerminal: boolean;
  /** The next message; undefined at the end of input. */
  next(): Promise<string | undefined>;
  /** What was typed and is not taken yet. */
  waiting(): readonly string[];
  /** Hears what is typed while a message is answered; true where that is done with, and needs no turn in line. */
  onAside(hear: (message: string) => boolean): void;
  readonly voice: Voice;
  close(): void;
}

export interface EarOptions {
  readonly history: readonly string[];
  readonly onInterrupt: () => void;
}

/** A terminal, or a pipe of which each line is a message. */
export function openEar(call: Call, options: EarOptions): Ear {
  return canAsk(call.io) && call.io.env["TERM"] !== "dumb" ? terminalEar(call, options) : pipeEar(call);
}

function terminalEar({ io, screen }: Call, options: EarOptions): Ear {
  const terminal = new Terminal(io, screen, options);
  return {
    isTerminal: true,
    next: () => terminal.next(),
    waiting: () => terminal.waiting(),
    onAside: (hear) => terminal.onAside(hear),
    close: () => terminal.close(),
    voice: {
      say: (text) => screen.alert(wrapText(text, columnsOf(io.stderr, 80) - 1)),
      work: (text) => terminal.work(text),
      // On a terminal the path was said already.
      result: (path) => {
        if (io.stdout.isTTY !== true) screen.out(shownFrom(io.cwd, path));
      },
      unmasked: (text) => terminal.print(text),
    },
  };
}

function pipeEar({ io, screen, flags }: Call): Ear {
  const reader = createInterface({ input: io.stdin, crlfDelay: Infinity });
  const lines = reader[Symbol.asyncIterator]();
  return {
    isTerminal: false,
    next: async () => {
      const line = await lines.next();
      return line.done === true ? undefined : line.value;
    },
    waiting: () => [],
    onAside: () => {},
    close: () => reader.close(),
    voice: {
      say: screen.alert,
      work: () => {},
      result: (path) => {
        if (flags.json !== true) screen.out(shownFrom(io.cwd, path));
      },
      unmasked: (text) => void io.stdout.write(`${text}\n`),
    },
  };
}
