import type { ScheduleReport } from "../../executor/schedule-request.ts";
import type { Call } from "../call.ts";
import { exitCodes } from "../exit-code.ts";
import { recordDaemon } from "../record-daemon.ts";

/** Tells what becomes of slots: people on stderr, programs by --json. `tick` looks once, the others again and again. */
export function tellSchedule(call: Call, looks: "once" | "on"): (report: ScheduleReport) => void {
  const { screen } = call;
  const { paint } = screen;
  const record = recordDaemon(call);
  return (report) => {
    record(report);
    if (report.type === "look-failed") {
      screen.alert(`${paint.red("error:")} ${report.failure.message}; it is tried again`);
      if (report.failure.hint !== undefined) screen.alert(report.failure.hint);
    } else if (report.type === "first-seen") {
      const { recipe, slotId } = report.next;
      screen.note(
        `${recipe}: new on this state folder: no slot before the last minute counts; next: ${slotId}`,
      );
    } else if (report.type === "slot-started") screen.note(`${paint.bold("▸")} ${report.slot.slotId} starts`);
    else if (report.type === "slot-skipped")
      screen.note(`${paint.yellow("!")} ${report.slot.slotId} is left out: the run before it is still going`);
    else if (report.type === "slot-waiting")
      screen.note(`${paint.yellow("!")} ${report.slot.slotId} waits: the run before it is still going`);
    else if (report.type === "slot-finished") finished(report.slot.slotId, report.exitCode, screen);
    else if (report.type === "slot-given-back") {
      const next = looks === "once" ? "the next tick starts it" : "it is tried again every minute";
      const again = report.exitCode === exitCodes.interrupted ? "the next start begins it" : next;
      screen.alert(
        `${paint.yellow("!")} ${report.slot.slotId} could not begin, and nothing was paid: ${again}, while it counts as due`,
      );
    } else if (report.type === "slots-missed") screen.alert(`${paint.yellow("!")} ${missedText(report)}`);
  };
}

function finished(slotId: string, exitCode: number, { paint, note, alert }: Call["screen"]): void {
  if (exitCode === 0) note(`${paint.green("✓")} ${slotId} is done`);
  else alert(`${paint.red("✗")} ${slotId} ended with exit code ${exitCode}`);
}

function missedText({
  first,
  last,
  count,
  isMore,
}: Extract<ScheduleReport, { readonly type: "slots-missed" }>): string {
  if (count === 1) return `${first.slotId} passed unstarted: missed`;
  const slots = `${isMore ? `more than ${count}` : count} slots of ${first.recipe}`;
  return `${slots} passed unstarted: missed, from ${first.slotId}${isMore ? "" : ` to ${last.slotId}`}`;
}
