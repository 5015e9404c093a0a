import { afterEach, beforeEach } from "vitest";
import type { Clock } from "../../src/base/clock.ts";
import type { Journal } from "../../src/executor/ports.ts";
import type { JobEvent } from "../../src/job/event.ts";

export interface JournalStage {
  readonly journal: Journal;
  /** What the journal's clock tells. */
  nowMs: number;
  /** Appends events behind those that the job has. */
  readonly write: (jobId: string, ...events: readonly JobEvent[]) => Promise<void>;
}

/** A journal of its own for each test of the `describe` around it, on a clock that stands at `startMs`. */
export function journalStage(open: (clock: Clock) => Promise<Journal>, startMs: number): JournalStage {
  let journal: Journal;
  const stage: JournalStage = {
    get journal() {
      return journal;
    },
    nowMs: startMs,
    write: async (jobId, ...events) => {
      let seq = (await journal.read(jobId)).length;
      for (const event of events) await journal.append(jobId, event, seq++);
    },
  };
  beforeEach(async () => {
    stage.nowMs = startMs;
    journal = await open({
      now: () => stage.nowMs,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
  });
  afterEach(() => journal.close());
  return stage;
}
