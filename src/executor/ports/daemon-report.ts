import type { FailureFacts } from "../../base/failure.ts";
import type { Slot } from "../../base/slot.ts";

/** What a schedule tells of itself, in the order it happened. */
export type SlotReport =
  /** Nobody has looked after the entry before: its slots count from the minute before this look. */
  | { readonly type: "first-seen"; readonly next: Slot }
  | { readonly type: "slot-started"; readonly slot: Slot }
  | { readonly type: "slot-finished"; readonly slot: Slot; readonly exitCode: number }
  /** Its run could not begin, and paid nothing: it is tried again while it counts as due. */
  | { readonly type: "slot-given-back"; readonly slot: Slot; readonly exitCode: number }
  /** The entry's run before it is still going. */
  | { readonly type: "slot-skipped" | "slot-waiting"; readonly slot: Slot }
  | {
      readonly type: "slots-missed";
      readonly first: Slot;
      readonly last: Slot;
      readonly count: number;
      /** There are more than were counted. */
      readonly isMore: boolean;
    }
  /** The journal could not be asked; the next look asks again. */
  | { readonly type: "look-failed"; readonly failure: FailureFacts };

/** What is told of a service that does not answer. */
export type OutageReport =
  | { readonly type: "service-away"; readonly failure: FailureFacts }
  | { readonly type: "service-back" };

/** What is told of recipes that are read again while their jobs go on. */
export type ReloadReport =
  | { readonly type: "recipe-loaded" | "recipe-dropped"; readonly recipe: string; readonly file: string }
  /** The new edition is wrong; the one before it goes on. */
  | { readonly type: "recipe-refused"; readonly file: string; readonly message: string };

/** What a process that works unattended tells besides the reports of its runs. */
export type DaemonReport = SlotReport | OutageReport | ReloadReport;
