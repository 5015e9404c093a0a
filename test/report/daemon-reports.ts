import type { Slot } from "../../src/base/slot.ts";
import type { DaemonReport } from "../../src/executor/ports.ts";

const atMs = Date.UTC(2026, 10, 20, 9);
const slot: Slot = { slotId: "promo@2026-11-20T09:00:00+00:00", recipe: "promo", entry: "e1", atMs };
const shown = { id: slot.slotId, recipe: "promo", at: "2026-11-20T09:00:00.000Z" };
const failure = { code: "unreachable", message: "gone\u001b[2J", sent: "not-sent", transient: true } as const;
const failed = { code: "unreachable", message: "gone" };
const file = "/recipes/promo.yaml";

/** Every report that there is, and what its line says besides type and time. */
export const everyDaemonReport: readonly (readonly [DaemonReport, object])[] = [
  [{ type: "first-seen", next: slot }, { next: shown }],
  [{ type: "slot-started", slot }, { slot: shown }],
  [
    { type: "slot-finished", slot, exitCode: 75 },
    { slot: shown, exitCode: 75 },
  ],
  [
    { type: "slot-given-back", slot, exitCode: 3 },
    { slot: shown, exitCode: 3 },
  ],
  [{ type: "slot-skipped", slot }, { slot: shown }],
  [{ type: "slot-waiting", slot }, { slot: shown }],
  [
    { type: "slots-missed", first: slot, last: slot, count: 2, isMore: false },
    { first: shown, last: shown, count: 2, isMore: false },
  ],
  [{ type: "look-failed", failure }, { failure: failed }],
  [{ type: "service-away", failure }, { failure: failed }],
  [{ type: "service-back" }, {}],
  [
    { type: "recipe-loaded", recipe: "promo", file },
    { recipe: "promo", file },
  ],
  [
    { type: "recipe-dropped", recipe: "promo", file },
    { recipe: "promo", file },
  ],
  [
    { type: "recipe-refused", file, message: "promo.yaml:3:1: \u001b[31mwrong" },
    { file, message: "promo.yaml:3:1: wrong" },
  ],
];
