import type { JobEvent } from "../../src/job/event.ts";
import type { TurnStep } from "../../src/plan/planned-job.ts";
import { plannedJob } from "../support/planned-job.ts";

export const hourMs = 3_600_000;
const credits = { available: 9000, frozen: 0, total: 9000 };
export const failure = { code: "turn-unknown", message: "nobody knows" } as const;

interface Owner {
  readonly run?: string;
  readonly recipe?: string;
  readonly skill?: string;
  readonly backend?: string;
}

export const planned = ({
  run = "run_1",
  recipe = "promo",
  skill = "image-video",
  backend,
}: Owner = {}): JobEvent => ({
  type: "job-planned",
  runId: run,
  plan: {
    ...plannedJob({ turns: [{ prompt: "a" }, { prompt: "b", turn: "refinement" }] }),
    recipe,
    skill: { name: skill, version: "1.0.0" },
    ...(backend !== undefined && { backend }),
  },
});

export const sending = (reserved?: number, key = "k", turn?: TurnStep["turn"]): JobEvent => ({
  type: "turn-sending",
  key,
  attempt: 1,
  promptHash: "p",
  draftBefore: "none",
  creditsBefore: credits,
  atMs: 5,
  overlapped: false,
  ...(reserved !== undefined && { reserved }),
  ...(turn && { turn }),
});
export const settledAs = { type: "turn-settled", key: "k" } as const;
export const settled = (cost?: number, key = "k"): JobEvent => ({
  type: "turn-settled",
  key,
  changed: true,
  ...(cost !== undefined && { cost }),
});
export const notSent: JobEvent = { type: "turn-not-sent", key: "k", failure };
