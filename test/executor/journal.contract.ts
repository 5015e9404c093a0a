import { describe, expect, it } from "vitest";
import type { Clock } from "../../src/base/clock.ts";
import { Failure } from "../../src/base/failure.ts";
import type { Journal } from "../../src/executor/ports.ts";
import type { JobEvent } from "../../src/job/event.ts";
import { stateOf } from "../../src/job/fold.ts";
import { plannedJob } from "../support/planned-job.ts";
import { sending as sendingOf } from "./journal-events.ts";
import { journalStage } from "./journal-stage.ts";

const unknown = { code: "turn-unknown", message: "nobody knows" } as const;
const plan = plannedJob({ name: "promo" });
const turnKey = plan.paidKey;

const planned = (name = "promo", runId = "run_1"): JobEvent => ({
  type: "job-planned",
  runId,
  plan: plannedJob({ name }),
});
const sending = sendingOf(undefined, turnKey);
const turnUnknown: JobEvent = { type: "turn-unknown", key: turnKey, failure: unknown };
const resumed: JobEvent = { type: "job-resumed", runId: "run_2" };
const finished: JobEvent = { type: "job-finished" };
const failed: JobEvent = { type: "job-failed", code: "no-video", message: "no video" };
const placing = (path: string, sha256: string): JobEvent => ({
  type: "file-placing",
  key: "k",
  path,
  sha256,
  sizeBytes: 1,
});
const resolved = (decision: "adopt" | "resend" | "drop"): JobEvent => ({
  type: "turn-resolved",
  key: turnKey,
  decision,
});

/** Lives that end in each status, by every way that leads there. */
const lives: readonly (readonly [string, readonly JobEvent[]])[] = [
  ["planned", [planned()]],
  ["finished", [planned(), finished]],
  ["failed", [planned(), failed]],
  ["needs a person", [planned(), { ...failed, type: "job-needs-you" }]],
  ["failed, taken up again", [planned(), failed, resumed]],
  ["finished, planned again", [planned(), finished, planned("promo", "run_2")]],
  ["unknown turn", [planned(), sending, turnUnknown]],
  ["unknown turn, resumed too early", [planned(), sending, turnUnknown, resumed]],
  ["unknown turn, planned again too early", [planned(), sending, turnUnknown, planned()]],
  ["adopted", [planned(), sending, turnUnknown, resolved("adopt")]],
  ["to be sent again, resumed", [planned(), sending, turnUnknown, resolved("resend"), resumed]],
  ["dropped", [planned(), sending, turnUnknown, resolved("drop")]],
];

/** What every Journal must do, whatever it is made of. */
export function journalContract(name: string, open: (clock: Clock) => Promise<Journal>): void {
  describe(`${name} keeps the contract of a journal`, () => {
    const stage = journalStage(open, 1000);
    const { write } = stage;

    it("gives events back word for word, in order, numbered from 1", async () => {
      const draft = { opaque: '{"t":[],"emoji":"🎬\\u0000"}', fingerprint: "f", ready: true };
      const events: JobEvent[] = [
        planned(),
        sending,
        {
          type: "turn-settled",
          key: turnKey,
          changed: true,
          cost: 0,
          draft: { ...draft, timeline: { durationMs: 1500.5, tracks: [] } },
        },
        finished,
      ];
      for (const [index, event] of events.entries()) {
        stage.nowMs += 10;
        const recorded = await stage.journal.append("job_a", event, index);
        expect(recorded).toEqual({ jobId: "job_a", seq: index + 1, atMs: stage.nowMs, event });
      }
      const read = await stage.journal.read("job_a");
      expect(read.map(({ event }) => event)).toEqual(events);
      expect(read.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
      expect(read.map(({ atMs }) => atMs)).toEqual([1010, 1020, 1030, 1040]);
      expect(await stage.journal.read("job_b")).toEqual([]);
    });

    it("lets one of two writers win a number, and keeps the loser's event nowhere", async () => {
      await write("job_a", planned());
      const both = await Promise.allSettled([
        stage.journal.append("job_a", finished, 1),
        stage.journal.append("job_a", failed, 1),
      ]);
      expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
      const [, lost] = both;
      const reason: unknown = lost.status === "rejected" ? lost.reason : undefined;
      expect(reason instanceof Failure && reason.facts.code).toBe("job-busy");
      expect((await stage.journal.read("job_a")).map(({ event }) => event.type)).toEqual([
        "job-planned",
        "job-finished",
      ]);
      expect((await stage.journal.findJobs("job_a"))[0]?.status).toBe("finished");
    });

    it("refuses a gap as a mistake of ours", async () => {
      await write("job_a", planned());
      await expect(stage.journal.append("job_a", finished, 5)).rejects.toThrow("would follow event 1");
      expect(await stage.journal.read("job_a")).toHaveLength(1);
    });

    it("keeps jobs written side by side apart", async () => {
      const ids = Array.from({ length: 100 }, (_, index) => `job_${index}`);
      await Promise.all(ids.map((id) => write(id, planned(id), sending, finished)));
      for (const id of ids) {
        const [first, ...rest] = await stage.journal.read(id);
        expect(first?.event).toEqual(planned(id));
        expect(rest.map(({ event }) => event.type)).toEqual(["turn-sending", "job-finished"]);
      }
    });

    it.each(lives)("%s: lists the status that folding the events gives", async (_, events) => {
      await write("job_a", ...events);
      const state = stateOf(await stage.journal.read("job_a"));
      const [row] = await stage.journal.findJobs("job_a");
      expect(row?.status).toBe(state?.status);
      expect(row?.runId).toBe(state?.runId);
      const isOpen = state?.status === "going" || state?.status === "needs-you";
      expect((await stage.journal.unfinishedJobs()).map(({ jobId }) => jobId)).toEqual(
        isOpen ? ["job_a"] : [],
      );
    });

    it("finds jobs by the start of their id and by their whole name, the newest first", async () => {
      stage.nowMs = 3000;
      await write("job_aa1", planned("beach"));
      stage.nowMs = 2000;
      await write("job_aa2", planned("beach"));
      await write("job_b%_", planned("beach-2"), finished);
      const find = async (text: string, limit?: number): Promise<string[]> =>
        (await stage.journal.findJobs(text, limit)).map(({ jobId }) => jobId);
      expect(await find("beach")).toEqual(["job_aa2", "job_aa1"]);
      expect(await find("job_aa")).toEqual(["job_aa2", "job_aa1"]);
      expect(await find("")).toEqual(["job_b%_", "job_aa2", "job_aa1"]);
      expect(await find("", 2)).toEqual(["job_b%_", "job_aa2"]);
      expect(await find("job_%")).toEqual([]);
      expect(await find("bea")).toEqual([]);
      expect((await stage.journal.findJobs("beach-2"))[0]).toEqual({
        jobId: "job_b%_",
        name: "beach-2",
        recipe: "promo",
        runId: "run_1",
        status: "finished",
        updatedAtMs: 2000,
      });
    });

    it("finds what was made from the same start, the newest first", async () => {
      const { baseKey } = plannedJob({ name: "beach" });
      await write("job_1", planned("beach"));
      await write("job_2", planned("hills"));
      await write("job_3", planned("beach"));
      await write("job_1", failed, planned("beach", "run_2"));
      expect(await stage.journal.findByBaseKey(baseKey)).toEqual(["job_3", "job_1"]);
      expect(await stage.journal.findByBaseKey("none")).toEqual([]);
      const longer = plannedJob({ name: "beach", turns: [{ prompt: "beach: make it longer" }] });
      await write("job_4", { type: "job-planned", runId: "run_3", plan: longer });
      expect(await stage.journal.findByBaseKey(baseKey)).toEqual(["job_4", "job_3", "job_1"]);
      expect(await stage.journal.findByBaseKey(baseKey, longer.paidKey)).toEqual(["job_4"]);
    });

    it("knows our files by path and hash, from before they were in place", async () => {
      await write("job_a", planned(), placing("/out/a.mp4", "one"), placing("/out/a.mp4", "two"));
      await write("job_b", planned(), placing("/out/a.mp4", "one"), placing("/out/b.mp4", "three"));
      expect(await stage.journal.findPlaced("/out/a.mp4")).toEqual([
        { sha256: "one", jobId: "job_b" },
        { sha256: "two", jobId: "job_a" },
      ]);
      expect(await stage.journal.findPlaced("/out/A.mp4")).toEqual([]);
    });

    it("lists runs with the jobs that each planned or took up again", async () => {
      await stage.journal.startRun({ runId: "run_1", recipes: ["promo", "recap"] });
      await write("job_a", planned(), failed);
      await write("job_b", planned());
      stage.nowMs = 2000;
      await stage.journal.finishRun("run_1", 1);
      stage.nowMs = 3000;
      await stage.journal.startRun({ runId: "run_2", recipes: ["promo"] });
      await write("job_a", resumed, failed, resumed);
      const first = { runId: "run_1", startedAtMs: 1000, finishedAtMs: 2000, recipes: ["promo", "recap"] };
      const second = { runId: "run_2", startedAtMs: 3000, recipes: ["promo"], jobIds: ["job_a"] };
      expect(await stage.journal.runs()).toEqual([
        second,
        { ...first, jobIds: ["job_a", "job_b"], exitCode: 1 },
      ]);
      expect(await stage.journal.runs(1)).toEqual([second]);
    });

    it("lends each job's lock to one holder at a time", async () => {
      const lock = await stage.journal.lock("job_a");
      expect(lock).toBeDefined();
      expect(await stage.journal.lock("job_a")).toBeUndefined();
      const other = await stage.journal.lock("job_b");
      expect(other).toBeDefined();
      await lock?.release();
      const again = await stage.journal.lock("job_a");
      expect(again).toBeDefined();
      await lock?.release();
      expect(await stage.journal.lock("job_a")).toBeUndefined();
      await again?.release();
      await other?.release();
    });

    it("lends and takes back locks that are asked for at the same time", async () => {
      const jobs = ["job_a", "job_b", "job_a"];
      const locks = await Promise.all(jobs.map((jobId) => stage.journal.lock(jobId)));
      expect(locks.map((lock) => lock !== undefined)).toEqual([true, true, false]);
      await Promise.all(locks.map((lock) => lock?.release()));
      for (const jobId of ["job_a", "job_b"]) expect(await stage.journal.lock(jobId)).toBeDefined();
    });

    const refusalOf = async (writing: Promise<unknown>): Promise<string | undefined> => {
      const [end] = await Promise.allSettled([writing]);
      const reason: unknown = end.status === "rejected" ? end.reason : undefined;
      return reason instanceof Failure ? reason.facts.code : undefined;
    };

    it("takes no turn of a job that is asked to stop, until the job has come to rest", async () => {
      await write("job_a", planned());
      await write("job_b", planned());
      await stage.journal.requestStop("job_a");
      await stage.journal.requestStop("job_a");
      expect(await stage.journal.isStopRequested("job_a")).toBe(true);
      expect(await stage.journal.isStopRequested("job_b")).toBe(false);
      expect(await refusalOf(write("job_a", sending))).toBe("cancelled");
      expect(await stage.journal.read("job_a")).toHaveLength(1);
      await write("job_b", sending);
      await write("job_a", { type: "job-failed", code: "cancelled", message: "stop" }, resumed, sending);
      expect(await stage.journal.isStopRequested("job_a")).toBe(false);
      expect(await stage.journal.read("job_a")).toHaveLength(4);
    });

    it("keeps a job's stop over a crash, and while its turn settles", async () => {
      await write("job_a", planned(), sending);
      await stage.journal.requestStop("job_a");
      await write("job_a", resumed, { type: "turn-settled", key: turnKey, changed: true });
      expect(await refusalOf(write("job_a", sending))).toBe("cancelled");
    });

    it("takes no turn of any job of a run that is asked to stop, and those of its next run", async () => {
      await stage.journal.requestStop("run_1");
      await write("job_a", planned());
      expect(await refusalOf(write("job_a", sending))).toBe("cancelled");
      await write("job_a", failed, resumed, sending);
      expect(await stage.journal.isStopRequested("run_1")).toBe(true);
    });

    it("takes nothing after it was closed", async () => {
      await stage.journal.close();
      await stage.journal.close();
      await expect(stage.journal.append("job_a", planned(), 0)).rejects.toThrow("closed");
      await expect(stage.journal.read("job_a")).rejects.toThrow("closed");
      await expect(stage.journal.lock("job_a")).rejects.toThrow("closed");
    });
  });
}
