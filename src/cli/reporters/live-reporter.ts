// Owns: the lines that are drawn over and over at the end of stderr. Talks to: the terminal, by log-update.
// Invariants: at most ten paints a second; what is permanent is written once, above; nothing is drawn after `close`.
import { createLogUpdate } from "log-update";
import type { Reporter } from "../../executor/ports.ts";
import { liveStart, permanentLines, reduceLive, renderLive } from "../../report/live-view.ts";
import type { View } from "../../report/view.ts";
import type { Io } from "../io.ts";
import type { Redact } from "../redact.ts";
import { wallClock } from "../wall-clock.ts";

export interface LiveReporter extends Reporter {
  /** Takes the live lines away; what was permanent stays. */
  close(): void;
  /** Lets somebody else write to the same terminal, above the live lines. */
  aside(write: () => void): void;
}

const paintEveryMs = 100;
const usualSize = { columns: 80, rows: 24 };

/** The live view: a line for each job at work, repainted so that elapsed times move. */
export function liveReporter({ stderr }: Io, view: View, redact: Redact): LiveReporter {
  const draw = createLogUpdate(stderr, { showCursor: true });
  let state = liveStart;
  let shown = "";
  let closed = false;

  const paint = (): void => {
    const size = { columns: stderr.columns ?? usualSize.columns, rows: stderr.rows ?? usualSize.rows };
    const frame = redact(renderLive(state, { ...view, ...size, nowMs: wallClock.now() }).join("\n"));
    if (frame === shown) return;
    shown = frame;
    draw(frame);
  };
  const aside = (write: () => void): void => {
    if (!closed) draw.clear();
    write();
    shown = "";
  };
  const timer = setInterval(paint, paintEveryMs);

  return {
    report(report) {
      const before = state;
      state = reduceLive(state, report);
      const lines = permanentLines(before, report, view);
      if (lines.length > 0) aside(() => void stderr.write(`${redact(lines.join("\n"))}\n`));
    },
    aside,
    close() {
      clearInterval(timer);
      if (!closed) draw.clear();
      closed = true;
    },
  };
}
