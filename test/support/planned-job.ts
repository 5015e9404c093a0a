import { createHash } from "node:crypto";
import type { FixedCheck, FoundFile, PlannedJob, Step, TurnStep } from "../../src/plan/planned-job.ts";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export interface JobOptions {
  readonly name?: string;
  readonly uploads?: number;
  readonly turns?: readonly (Partial<TurnStep> & { readonly prompt: string })[];
  readonly exports?: number;
  /** One more upload before each turn but the first. */
  readonly isSequence?: boolean;
  readonly expect?: FixedCheck;
  readonly settings?: Partial<PlannedJob["settings"]>;
}

/** A planned job with the cloud's timings, for tests that begin behind the plan. */
export function plannedJob(options: JobOptions = {}): PlannedJob {
  const { name = "promo", uploads = 1, turns = [{ prompt: `${name}: make a video` }], exports = 1 } = options;
  const steps: Step[] = [];
  let key = sha256("start");
  const upload = (index: number): void => {
    key = sha256(`${key} ${name} upload ${index}`);
    steps.push({
      kind: "upload",
      key,
      asset: false,
      media: { kind: "file", file: foundFile(`${name}-${index}.jpg`) },
    });
  };
  for (let index = 0; index < uploads; index++) upload(index);
  const baseKey = key;
  for (const [index, turn] of turns.entries()) {
    if (options.isSequence === true && index > 0) upload(uploads + index - 1);
    key = sha256(`${key} ${turn.prompt}`);
    steps.push({ kind: "turn", turn: "prompt", atMost: 1, ...turn, key });
  }
  for (let index = 0; index < exports; index++) {
    const path = `/out/${name}${index === 0 ? "" : `-${index}`}.mp4`;
    steps.push({
      kind: "export",
      key: sha256(`${key} ${path}`),
      draftKey: key,
      format: "mp4",
      quality: "high",
      path,
      shownPath: path.slice(1),
      ...(options.expect && { expect: options.expect }),
    });
  }
  return {
    name,
    index: 0,
    total: 1,
    recipe: "promo",
    backend: "https://service.test",
    account: "account",
    skill: { name: "image-video", version: "1.0.0" },
    language: "en",
    steps,
    baseKey,
    paidKey: key,
    settings: {
      retry: { attempts: 3, delayMs: 2_000, maxDelayMs: 60_000 },
      timeouts: {
        turnMs: 900_000,
        silenceMs: 600_000,
        idleMs: 120_000,
        changeMs: 300_000,
        renderMs: 300_000,
      },
      poll: { stateMs: 10_000, renderMs: 30_000 },
      ...options.settings,
    },
    outDir: "/out",
  };
}

function foundFile(name: string): FoundFile {
  return { path: `/in/${name}`, shownPath: name, name, sizeBytes: 1000, mtimeMs: 1, sha256: sha256(name) };
}
