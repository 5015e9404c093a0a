import { countOf } from "../../base/count-of.ts";
import type { Call } from "../call.ts";
import { wallClock } from "../wall-clock.ts";
import { nextSlots } from "./next-slots.ts";
import type { OpenEntry } from "./open-timetables.ts";

/** Tells how many entries are looked after, and which slot is the next. */
export function tellNext(entries: readonly OpenEntry[], { screen }: Call): void {
  const [first] = nextSlots(entries, wallClock.now(), 1);
  if (first === undefined) return;
  const count = countOf(entries.length, "entry", "entries");
  screen.note(`${count} on schedule; next: ${first.recipe} ${first.local}. Ctrl-C ends it.`);
}
