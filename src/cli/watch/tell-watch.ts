import type { WatchReport } from "../../executor/watch-request.ts";
import type { Call } from "../call.ts";

/** Tells people on stderr what becomes of files that make no job of their own, and why a watch waits. */
export function tellWatch({ screen, log }: Call): (report: WatchReport) => void {
  const { paint } = screen;
  let known = 0;
  return (report) => {
    const { type, ...facts } = report;
    log.debug(facts, type);
    switch (report.type) {
      case "known": {
        known += 1;
        const line = knownLine(known, report.file.shownPath);
        return line === undefined ? undefined : screen.note(paint.dim(line));
      }
      case "delivered-before":
        return screen.note(
          `${paint.yellow("!")} ${report.file.shownPath} is a video of ours, and never an input`,
        );
      case "elsewhere":
        return screen.note(`${report.file.shownPath} is being made already: waiting for that`);
      case "needs-you":
        return screen.alert(
          `${paint.yellow("!")} ${report.file.shownPath} waits for you: nemo-recipe show ${report.jobId}`,
        );
      case "lost":
        return screen.alert(
          `${paint.yellow("!")} ${report.file.shownPath} was paid for, and nothing goes on from that: nemo-recipe show ${report.jobId} tells why; only a fresh take is left, which is paid anew: nemo-recipe retry ${report.jobId} --again`,
        );
      case "waiting-for-room":
        return screen.alert(`${paint.yellow("!")} ${report.why}. Nothing more is sent until there is room.`);
      case "room-again":
        return screen.note("There is room again: the watch goes on.");
      case "held-back":
        return screen.alert(
          `${paint.red("error:")} three jobs in a row were paid without a delivery: the watch ends. Look at them with nemo-recipe status before it goes on.`,
        );
    }
  };
}

const namedKnown = 5;

/** After a restart thousands may be known: the first are named, then a line counts them now and then. */
function knownLine(count: number, shownPath: string): string | undefined {
  if (count <= namedKnown) return `${shownPath} was made before: it is known by its bytes`;
  if (!/^10+$/.test(String(count))) return undefined;
  return `${count} files so far were made before: they are known by their bytes`;
}
