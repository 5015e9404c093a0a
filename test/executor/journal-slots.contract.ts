import { describe, expect, it } from "vitest";
import type { Clock } from "../../src/base/clock.ts";
import type { Slot } from "../../src/base/slot.ts";
import type { Journal } from "../../src/executor/ports.ts";
import { journalStage } from "./journal-stage.ts";

const slot = (atMs: number, entry = "e1", recipe = "promo"): Slot => ({
  slotId: `${recipe}@${new Date(atMs).toISOString()}`,
  recipe,
  entry,
  atMs,
});

/** What every Journal must do with slots, whatever it is made of. */
export function journalSlotsContract(name: string, open: (clock: Clock) => Promise<Journal>): void {
  describe(`${name} lets each slot start once`, () => {
    const stage = journalStage(open, 1000);

    it("says yes to one of many who ask at once", async () => {
      const asked = Array.from({ length: 20 }, () => stage.journal.decideSlot(slot(500), "started"));
      expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
    });

    it("knows a slot by recipe and instant, whichever entry or zone it comes from", async () => {
      expect(await stage.journal.decideSlot(slot(500), "started")).toBe(true);
      expect(await stage.journal.decideSlot({ ...slot(500, "e2"), slotId: "promo@other" }, "started")).toBe(
        false,
      );
      expect(await stage.journal.decideSlot(slot(500, "e1", "recap"), "started")).toBe(true);
      expect(await stage.journal.decideSlot(slot(501), "started")).toBe(true);
    });

    it.each(["skipped", "missed"] as const)("never starts a slot that was %s", async (fate) => {
      expect(await stage.journal.decideSlot(slot(500), fate)).toBe(true);
      expect(await stage.journal.decideSlot(slot(500), "started")).toBe(false);
      await stage.journal.finishSlot(slot(500), { exitCode: 0 });
      expect(await stage.journal.lastSlot("e1", 1000)).toEqual({ ...slot(500), fate, decidedAtMs: 1000 });
    });

    it("forbids nothing by having looked", async () => {
      expect(await stage.journal.decideSlot(slot(500), "seen")).toBe(true);
      expect(await stage.journal.lastSlot("e1", 500)).toMatchObject({ atMs: 500, fate: "seen" });
      expect(await stage.journal.decideSlot(slot(500, "e2"), "started")).toBe(true);
    });

    it("lets a slot that was given back start once more, and counts from before it", async () => {
      await stage.journal.decideSlot(slot(500), "started");
      await stage.journal.finishSlot(slot(500), { exitCode: 3, isGivenBack: true });
      const { slotId } = slot(500);
      expect(await stage.journal.lastSlot("e1", 1000)).toMatchObject({
        slotId,
        atMs: 499,
        fate: "seen",
        exitCode: 3,
      });
      const asked = Array.from({ length: 5 }, () => stage.journal.decideSlot(slot(500), "started"));
      expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
      await stage.journal.decideSlot(slot(600), "skipped");
      await stage.journal.finishSlot(slot(600), { exitCode: 3, isGivenBack: true });
      expect(await stage.journal.decideSlot(slot(600), "started")).toBe(false);
    });

    it("knows with what a slot was given back the last time", async () => {
      for (const exitCode of [1, 3, 130]) {
        expect(await stage.journal.decideSlot(slot(500), "started")).toBe(true);
        await stage.journal.finishSlot(slot(500), { exitCode, isGivenBack: true });
        expect((await stage.journal.lastSlot("e1", 1000))?.exitCode).toBe(exitCode);
      }
    });

    it("tells an entry's last slot up to an instant, with how it ended", async () => {
      expect(await stage.journal.lastSlot("e1", 9000)).toBeUndefined();
      await stage.journal.decideSlot(slot(700), "started");
      await stage.journal.decideSlot(slot(500), "started");
      await stage.journal.decideSlot(slot(600, "e2"), "started");
      expect(await stage.journal.lastSlot("e1", 9000)).toEqual({
        ...slot(700),
        fate: "started",
        decidedAtMs: 1000,
      });
      expect((await stage.journal.lastSlot("e1", 699))?.atMs).toBe(500);
      expect(await stage.journal.lastSlot("e1", 499)).toBeUndefined();
      stage.nowMs = 2000;
      await stage.journal.finishSlot(slot(700), { exitCode: 75 });
      expect(await stage.journal.lastSlot("e1", 9000)).toMatchObject({ finishedAtMs: 2000, exitCode: 75 });
      await stage.journal.finishSlot(slot(500), "skipped");
      expect((await stage.journal.lastSlot("e1", 500))?.fate).toBe("skipped");
    });
  });
}
