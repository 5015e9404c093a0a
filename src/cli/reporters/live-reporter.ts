// Owns: the lines that are drawn over and over at the end of stderr. Talks to: the terminal, by log-update.
// Invariants: at most ten paints a second; what is permanent is written once, above; nothing is drawn after `close`.
import { createLogUpdate } from "log-update";
import type { Reporter } from "../../executor/ports.ts";
import { liveStart, permanentLines, reduceLive, renderLive } from "../../report/live-view.ts";
import type { View } from "../../report/view.ts";
import type { Io } from "../io.ts";
import type { Redact } from "../redact.ts";
import type { Screen } from "../screen.ts";
import { wallClock } from "../wall-clock.ts";

export interface LiveReporter extends Reporter {
  /** Takes the live lines away; what was permanent stays. */
  close(): void;
}

const paintEveryMs = 100;
const usualSize = { columns: 80, rows: 24 };

/** The live view: a line for each job at work, repainted so that elapsed times move. */
export function liveReporter(
  { stderr }: Io,
  screen: Screen,
  options: { readonly view: View; readonly redact: Redact },
): LiveReporter {
  const { view, redact } = options;
  const draw = createLogUpdate(stderr, { showCursor: true });
  let state = liveStart;
  let shown = "";

  const paint = (): void => {
    const size = { columns: stderr.columns ?? usualSize.columns, rows: stderr.rows ?? usualSize.rows };
    const frame = redact(renderLive(state, { ...view, ...size, nowMs: wallClock.now() }).join("\n"));
    if (frame === shown) return;
    shown = frame;
    draw(frame);
  };
  const release = screen.share((write) => {
    draw.clear();
    write();
    shown = "";
  });
  const timer = setInterval(paint, paintEveryMs);

  return {
    report(report) {
      const before = state;
      state = reduceLive(state, report);
      for (const line of permanentLines(before, report, view)) screen.note(line);
    },
    close() {
      clearInterval(timer);
      release();
      draw.clear();
    },
  };
}
