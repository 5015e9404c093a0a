import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Clock } from "../../src/base/clock.ts";
import type { Journal } from "../../src/executor/ports.ts";
import type { JobEvent } from "../../src/job/event.ts";
import { plannedJob, sha256 } from "../support/planned-job.ts";

const planned = (
  name: string,
  more: { readonly recipe?: string; readonly backend?: string } = {},
): JobEvent => ({
  type: "job-planned",
  runId: "run_1",
  plan: { ...plannedJob({ name, uploads: 2 }), recipe: "clip", backend: "https://service.test", ...more },
});
const failed: JobEvent = { type: "job-failed", code: "no-video", message: "no video" };
const beach = { recipe: "clip", backend: "https://service.test", sha256: sha256("beach-0.jpg") };

/** What both journals say about files that are known by their bytes. */
export function journalInputsContract(name: string, open: (clock: Clock) => Promise<Journal>): void {
  describe(`${name} knows files by their bytes`, () => {
    let journal: Journal;
    beforeEach(async () => {
      journal = await open({ now: () => 1, sleep: async () => undefined });
    });
    afterEach(() => journal.close());

    it("says which jobs took them, the newest first, and how they stand", async () => {
      await journal.append("job_a", planned("beach"), 0);
      await journal.append("job_b", planned("beach"), 0);
      await journal.append("job_a", failed, 1);
      await journal.append("job_b", { type: "job-finished" }, 1);
      expect(await journal.findByInput(beach)).toEqual([
        { jobId: "job_b", status: "finished", path: "/in/beach-0.jpg" },
        { jobId: "job_a", status: "failed", path: "/in/beach-0.jpg" },
      ]);
    });

    it("tells recipes, backends and bytes apart", async () => {
      await journal.append("job_a", planned("beach", { recipe: "other" }), 0);
      await journal.append("job_b", planned("beach", { backend: "local" }), 0);
      await journal.append("job_c", planned("sea"), 0);
      expect(await journal.findByInput(beach)).toEqual([]);
      expect(await journal.findByInput({ ...beach, backend: "local" })).toHaveLength(1);
    });

    it("knows what was delivered", async () => {
      await journal.append("job_a", planned("beach"), 0);
      const placing = {
        type: "file-placing",
        key: "k",
        path: "/out/a.mp4",
        sha256: "aa",
        sizeBytes: 1,
      } as const;
      await journal.append("job_a", placing, 1);
      expect([await journal.isPlaced("aa"), await journal.isPlaced("bb")]).toEqual([true, false]);
    });
  });
}
