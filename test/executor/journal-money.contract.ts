import { describe, expect, it } from "vitest";
import type { Clock } from "../../src/base/clock.ts";
import { Failure } from "../../src/base/failure.ts";
import type { Journal } from "../../src/executor/ports.ts";
import type { BudgetLimit } from "../../src/job/budget-limit.ts";
import type { JobEvent } from "../../src/job/event.ts";
import { noSpending, type Spending } from "../../src/job/spending.ts";
import { failure, hourMs, notSent, planned, sending, settled } from "./journal-events.ts";
import { journalStage } from "./journal-stage.ts";

const unknown: JobEvent = { type: "turn-unknown", key: "k", failure };
const resolved = (decision: "adopt" | "resend" | "drop"): JobEvent => ({
  type: "turn-resolved",
  key: "k",
  decision,
});
const day = (limit: number, sinceMs: number, recipe?: string): BudgetLimit => ({
  scope: "day",
  credits: limit,
  from: "the config",
  sinceMs,
  ...(recipe !== undefined && { recipe }),
});

/** What a sending's later life makes of its 60 reserved credits. */
const fates: readonly (readonly [string, readonly JobEvent[], Partial<Spending>])[] = [
  ["in flight", [], { reserved: 60 }],
  ["closed, not settled", [{ type: "turn-closed", key: "k", end: "closed", texts: [] }], { reserved: 60 }],
  ["settled and measured", [settled(45)], { measured: 45 }],
  ["dearer than its reserve", [settled(90)], { measured: 90 }],
  ["settled, free of charge", [settled(0)], {}],
  ["settled, not measured", [settled()], { unmeasured: 60 }],
  ["never sent", [notSent], {}],
  ["never sent, then sent again", [notSent, sending(60)], { reserved: 60 }],
  ["never sent, then sent again and measured", [notSent, sending(60), settled(10)], { measured: 10 }],
  ["unknown", [unknown], { reserved: 60 }],
  ["adopted", [unknown, resolved("adopt")], { reserved: 60 }],
  ["adopted and measured", [unknown, resolved("adopt"), settled(20)], { measured: 20 }],
  ["dropped", [unknown, resolved("drop")], { unmeasured: 60 }],
  ["to be sent again", [unknown, resolved("resend")], { unmeasured: 60 }],
  ["sent again", [unknown, resolved("resend"), sending(60)], { unmeasured: 60, reserved: 60 }],
  [
    "sent again and measured",
    [unknown, resolved("resend"), sending(60), settled(30)],
    { unmeasured: 60, measured: 30 },
  ],
  ["two attempts, each measured", [settled(5), sending(60), settled(7)], { measured: 12 }],
];

/** How every Journal must keep what turns cost, and refuse what budgets have no room for. */
export function journalMoneyContract(name: string, open: (clock: Clock) => Promise<Journal>): void {
  describe(`${name} keeps account of money`, () => {
    const stage = journalStage(open, 10 * hourMs);
    const { write } = stage;
    /** Undefined where it was written, else the refusal. */
    const trySending = async (
      jobId: string,
      limits: readonly BudgetLimit[],
      event = sending(100),
    ): Promise<Failure["facts"] | undefined> => {
      const { length } = await stage.journal.read(jobId);
      try {
        await stage.journal.append(jobId, event, length, limits);
        return undefined;
      } catch (error) {
        expect((await stage.journal.read(jobId)).length).toBe(length);
        if (error instanceof Failure) return error.facts;
        throw error;
      }
    };

    it.each(fates)("%s", async (_, events, spending) => {
      await write("job_a", planned(), sending(60), ...events);
      const expected = { ...noSpending, ...spending };
      expect(await stage.journal.spent({ sinceMs: 0 })).toEqual(expected);
      const room = Object.values(expected).reduce((sum, amount) => sum + amount, 0);
      await write("job_b", planned());
      expect((await trySending("job_b", [day(room + 99, 0)]))?.code).toBe("over-budget");
      expect(await trySending("job_b", [day(room + 100, 0)])).toBeUndefined();
    });

    it("counts a record without a reserve as a hundred credits", async () => {
      await write("job_a", planned(), sending());
      expect(await stage.journal.spent({ sinceMs: 0 })).toEqual({ ...noSpending, reserved: 100 });
    });

    it("says what is spent, what is reserved, which limit has no room, and writes nothing", async () => {
      await write("job_a", planned(), sending(100), settled(40), sending(100), settled(), sending(70));
      const refused = await trySending("job_a", [{ scope: "run", credits: 300, from: "--max-credits" }]);
      expect(refused).toEqual({
        code: "over-budget",
        message:
          "the budget of 300 credits a run (--max-credits) has no room for the next turn: 40 are spent, 100 count for turns that could not be measured, 70 are reserved by turns that are not settled, and it may cost 100",
        hint: "the turn was not sent; raise the limit (--max-credits)",
        sent: "not-sent",
      });
    });

    it.each<[string, BudgetLimit, boolean]>([
      ["the job", { scope: "job", credits: 199, from: "x" }, false],
      ["the job, with room", { scope: "job", credits: 200, from: "x" }, true],
      ["the run", { scope: "run", credits: 299, from: "x" }, false],
      ["the run, with room", { scope: "run", credits: 300, from: "x" }, true],
      ["the run, one recipe's", { scope: "run", credits: 199, from: "x", recipe: "promo" }, false],
      ["the run, one recipe's, with room", { scope: "run", credits: 200, from: "x", recipe: "promo" }, true],
      ["the day", day(399, 0), false],
      ["the day, with room", day(400, 0), true],
      ["the day, one recipe's", day(299, 0, "promo"), false],
      ["the day, one recipe's, with room", day(300, 0, "promo"), true],
    ])("counts what belongs to %s", async (_, limit, hasRoom) => {
      await write("job_a", planned({ run: "run_1" }), sending(100));
      await write("job_b", planned({ run: "run_2" }), sending(100));
      await write("job_c", planned({ run: "run_1", recipe: "other" }), sending(100));
      expect((await trySending("job_a", [limit])) === undefined).toBe(hasRoom);
    });

    it("gives what a job spends after it was taken up again to the run that took it up", async () => {
      await write("job_a", planned(), sending(100), settled(100), { type: "job-resumed", runId: "run_2" });
      const ofRun: BudgetLimit = { scope: "run", credits: 100, from: "x" };
      expect(await trySending("job_a", [ofRun])).toBeUndefined();
      expect((await trySending("job_a", [ofRun]))?.code).toBe("over-budget");
    });

    it("must have room in every limit", async () => {
      await write("job_a", planned());
      expect(
        (await trySending("job_a", [day(1000, 0), { scope: "job", credits: 99, from: "x" }]))?.message,
      ).toContain("99 credits a job");
      expect(
        await trySending("job_a", [day(1000, 0), { scope: "job", credits: 100, from: "x" }]),
      ).toBeUndefined();
    });

    it.each([NaN, -1, 0])("has no room where the limit is %d", async (limit) => {
      await write("job_a", planned());
      expect((await trySending("job_a", [day(limit, 0)]))?.code).toBe("over-budget");
    });

    it("lets two sendings at once not share the last credits", async () => {
      await write("job_a", planned());
      await write("job_b", planned());
      const both = await Promise.all([
        trySending("job_a", [day(150, 0)]),
        trySending("job_b", [day(150, 0)]),
      ]);
      expect(both.map((refused) => refused?.code).sort()).toEqual(["over-budget", undefined]);
    });

    it("begins anew with each day, and at the turn of the year", async () => {
      const newYear = Date.UTC(2027, 0, 1);
      stage.nowMs = newYear - 1;
      await write("job_a", planned(), sending(100), settled(100));
      expect((await trySending("job_a", [day(199, newYear - 24 * hourMs)]))?.code).toBe("over-budget");
      stage.nowMs = newYear;
      const month: BudgetLimit = { scope: "month", credits: 100, from: "x", sinceMs: newYear };
      expect(await trySending("job_a", [day(100, newYear), month])).toBeUndefined();
      expect(await stage.journal.spent({ sinceMs: newYear })).toEqual({ ...noSpending, reserved: 100 });
      expect((await trySending("job_a", [month]))?.hint).toContain("or wait until next month");
    });

    it("counts what a clock that was set back has put into the future", async () => {
      stage.nowMs = 50 * hourMs;
      await write("job_a", planned(), sending(100), settled(100));
      stage.nowMs = hourMs;
      expect((await trySending("job_a", [day(150, 0)]))?.code).toBe("over-budget");
      expect(await stage.journal.spent({ sinceMs: 0 })).toEqual({ ...noSpending, measured: 100 });
    });

    it("never counts what the local backend is paid in", async () => {
      await write("job_a", planned({ backend: "local" }), sending(100), settled(100));
      await write("job_b", planned());
      expect(await stage.journal.spent({ sinceMs: 0 })).toEqual(noSpending);
      expect(await trySending("job_b", [day(100, 0)])).toBeUndefined();
    });

    it("tells what one recipe or one job spent", async () => {
      await write("job_a", planned(), sending(100), settled(10));
      await write("job_b", planned(), sending(70));
      await write("job_c", planned({ recipe: "other" }), sending(100), settled(30));
      stage.nowMs += hourMs;
      await write("job_a", sending(50));
      expect(await stage.journal.spent({ sinceMs: 0, recipe: "promo" })).toEqual({
        ...noSpending,
        measured: 10,
        reserved: 120,
      });
      expect(await stage.journal.spent({ sinceMs: 0, jobId: "job_a" })).toEqual({
        ...noSpending,
        measured: 10,
        reserved: 50,
      });
      expect(await stage.journal.spent({ sinceMs: stage.nowMs, jobId: "job_a" })).toEqual({
        ...noSpending,
        reserved: 50,
      });
      expect(await stage.journal.spent({ sinceMs: 0, recipe: "none" })).toEqual(noSpending);
    });

    it("tells what was spent on one backend, by all jobs or by one", async () => {
      const [here, there] = ["https://a.test", "https://b.test"];
      await write("job_a", planned({ backend: here }), sending(100), settled(10));
      await write("job_b", planned({ backend: there }), sending(70));
      expect(await stage.journal.spent({ sinceMs: 0, backend: here })).toEqual({
        ...noSpending,
        measured: 10,
      });
      expect(await stage.journal.spent({ sinceMs: 0, backend: there })).toEqual({
        ...noSpending,
        reserved: 70,
      });
      expect(await stage.journal.spent({ sinceMs: stage.nowMs + 1, backend: there })).toEqual(noSpending);
      expect(await stage.journal.spent({ sinceMs: 0, jobId: "job_a", backend: there })).toEqual(noSpending);
      expect(await stage.journal.spent({ sinceMs: 0, backend: "local" })).toEqual(noSpending);
      expect(await stage.journal.spent({ sinceMs: 0 })).toEqual({
        ...noSpending,
        measured: 10,
        reserved: 70,
      });
    });
  });
}
