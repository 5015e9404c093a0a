import { describe, expect, it } from "vitest";
import type { Clock } from "../../src/base/clock.ts";
import type { Journal } from "../../src/executor/ports.ts";
import type { JobEvent } from "../../src/job/event.ts";
import type { PlannedJob } from "../../src/plan/planned-job.ts";
import { plannedJob } from "../support/planned-job.ts";
import { failure, hourMs, notSent, planned, sending, settled, settledAs } from "./journal-events.ts";
import { journalStage } from "./journal-stage.ts";

/** What every Journal must know of what was paid before: what turns cost, and for which nothing was delivered. */
export function journalCostsContract(name: string, open: (clock: Clock) => Promise<Journal>): void {
  describe(`${name} knows what turns have cost`, () => {
    const stage = journalStage(open, 10 * hourMs);
    const { write } = stage;

    it("samples what turns were measured to cost, by recipe and by skill, the newest 200 of a kind", async () => {
      const other = planned({ recipe: "other" });
      await write(
        "job_a",
        planned(),
        sending(100, "k", "prompt"),
        settled(11),
        sending(100, "r", "refinement"),
        settled(7, "r"),
      );
      await write(
        "job_b",
        planned(),
        sending(100, "k", "prompt"),
        settled(),
        sending(100, "k", "prompt"),
        notSent,
      );
      await write("job_c", other, sending(100, "k", "prompt"), settled(12), sending(100, "k", "prompt"));
      await write("job_d", planned({ backend: "local" }), sending(100, "k", "prompt"), settled(99));
      const { backend } = plannedJob();
      const ofRecipe = await stage.journal.costSamples({ backend, of: "recipe", name: "promo" });
      expect(ofRecipe).toEqual([
        { turn: "prompt", credits: 11 },
        { turn: "refinement", credits: 7 },
      ]);
      const ofSkill = await stage.journal.costSamples({ backend, of: "skill", name: "image-video" });
      expect(ofSkill.map((sample) => sample.credits).sort((left, right) => left - right)).toEqual([
        7, 11, 12,
      ]);
      expect(
        await stage.journal.costSamples({ backend: "https://other.test", of: "recipe", name: "promo" }),
      ).toEqual([]);
      for (let turn = 0; turn < 201; turn++) {
        stage.nowMs += 1;
        await write(
          "job_e",
          ...(turn === 0 ? [planned({ recipe: "many" })] : []),
          sending(9, "k", "variant"),
          settled(turn),
        );
      }
      const many = await stage.journal.costSamples({ backend, of: "recipe", name: "many" });
      expect([many.length, many[0]?.credits, many.at(-1)?.credits]).toEqual([200, 200, 1]);
    });

    it.each<[string, (other: string) => Promise<void>, boolean]>([
      ["in flight", (other) => write(other, planned(), sending(9)), true],
      ["ended before", (other) => write(other, planned(), sending(9), settled()), false],
      [
        "answered before, and open still",
        (other) =>
          write(other, planned(), sending(9), {
            ...settledAs,
            changed: false,
            openUntilMs: stage.nowMs + hourMs,
          }),
        true,
      ],
      ["never sent", (other) => write(other, planned(), sending(9), notSent), false],
      [
        "on another backend",
        (other) => write(other, planned({ backend: "https://b.test" }), sending(9)),
        false,
      ],
    ])("a turn's balance is blurred by one of another job: %s", async (_, other, isBlurred) => {
      await other("job_a");
      stage.nowMs += 1;
      await write("job_b", planned(), sending(9));
      expect(await stage.journal.isBlurred("job_b")).toBe(isBlurred);
      await write("job_b", { type: "turn-settled", key: "k", changed: true }, sending(9));
      expect(await stage.journal.isBlurred("job_b")).toBe(isBlurred);
    });

    it("a balance is blurred by what was sent and settled meanwhile, and no more by what an hour forgot", async () => {
      await write("job_a", planned(), sending(9));
      expect(await stage.journal.isBlurred("job_a")).toBe(false);
      stage.nowMs += hourMs;
      await write("job_b", planned(), sending(9), settled(5));
      expect(await stage.journal.isBlurred("job_a")).toBe(true);
      expect(await stage.journal.isBlurred("job_b")).toBe(true);
      stage.nowMs += 1;
      await write("job_b", sending(9));
      expect(await stage.journal.isBlurred("job_b")).toBe(false);
      await write("job_c", planned({ backend: "local" }), sending(9));
      await write("job_d", planned({ backend: "local" }), sending(9));
      expect(await stage.journal.isBlurred("job_d")).toBe(false);
    });

    const failed: JobEvent = { ...failure, type: "job-failed" };
    const finished: JobEvent = { type: "job-finished" };
    const changed = (change: Partial<PlannedJob>): JobEvent => {
      const event = planned();
      return event.type === "job-planned" ? { ...event, plan: { ...event.plan, ...change } } : event;
    };
    const paid = [sending(9), settled(5)];
    const odd = { name: "odd", paidKey: "odd" };
    it.each<readonly [string, readonly JobEvent[], readonly JobEvent[], boolean]>([
      ["paid", paid, [], true],
      ["free as settled", [sending(9), settled(0)], [], false],
      ["cost unknown", [sending(0), settled()], [], true],
      ["never sent", [sending(9), notSent], [], false],
      ["paid, made since", paid, [changed({ paidKey: "odd" }), finished], false],
      ["paid, a take made since", paid, [changed({ name: "promo-take2" }), finished], false],
      ["paid, failed since", paid, [planned(), failed], true],
      ["paid, something else made since", paid, [changed(odd), finished], true],
      ["paid, a local preview since", paid, [changed({ backend: "local", paidKey: "odd" }), finished], true],
      ["paid, a namesake elsewhere since", paid, [changed({ outDir: "/b", paidKey: "odd" }), finished], true],
      ["paid, another recipe since", paid, [planned({ recipe: "film" }), finished], true],
    ])("knows failures that may have cost something: %s", async (_, life, later, isKept) => {
      await write("job_before", planned(), finished);
      await write("job_local", planned({ backend: "local" }), sending(9), settled(5), failed);
      await write("job_a", planned(), ...life, failed);
      if (later.length > 0) await write("job_b", ...later);
      await write("job_c", planned({ recipe: "odd" }), sending(9), settled(5));
      expect((await stage.journal.paidFailures()).map(({ jobId }) => jobId)).toEqual(isKept ? ["job_a"] : []);
      await write("job_a", { type: "job-resumed", runId: "run_9" });
      expect(await stage.journal.paidFailures()).toEqual([]);
    });

    it("reads the kind of a turn from the plan where the record has none", async () => {
      const plan = planned();
      const keys =
        plan.type === "job-planned"
          ? plan.plan.steps.filter((step) => step.kind === "turn").map(({ key }) => key)
          : [];
      await write("job_a", plan, ...keys.flatMap((key) => [sending(50, key), settled(5, key)]));
      const samples = await stage.journal.costSamples({
        backend: plannedJob().backend,
        of: "recipe",
        name: "promo",
      });
      expect(samples.map(({ turn }) => turn)).toEqual(["prompt", "refinement"]);
    });
  });
}
