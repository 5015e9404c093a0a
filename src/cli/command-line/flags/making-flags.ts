import type { FlagSpec } from "./flag-spec.ts";

/** What is made, and of what. */
export interface MakingFlags {
  readonly param?: readonly string[];
  readonly input?: readonly string[];
  readonly prompt?: readonly string[];
  readonly out?: string;
  readonly only?: readonly string[];
  readonly first?: number;
  readonly concurrency?: number;
  readonly preview?: boolean;
  readonly dryRun?: boolean;
  readonly plan?: string;
  readonly save?: string;
  /** Where the page of a run goes. */
  readonly report?: string;
}

const count = { min: 1, whole: true } as const;

export const makingFlags: Readonly<Record<keyof MakingFlags, FlagSpec>> = {
  param: { flag: "-p, --param <name=value>", says: "a parameter of the recipe (repeat)", many: true },
  input: {
    flag: "-i, --input <path>",
    says: "media instead of the recipe's inputs (repeat)",
    many: true,
    offers: "files",
  },
  prompt: {
    flag: "--prompt <text>",
    says: "instead of the recipe's prompts, or of one (repeat)",
    many: true,
  },
  out: { flag: "-o, --out <folder>", says: "where relative outputs go", offers: "folders" },
  only: { flag: "--only <glob>", says: "only jobs whose name matches (repeat)", many: true },
  first: { flag: "--first <n>", says: "only the first n", number: count },
  concurrency: { flag: "--concurrency <n>", says: "jobs at once", number: count },
  preview: { flag: "--preview", says: "a small video to look at first, with its frames" },
  dryRun: { flag: "--dry-run", says: "show the plan and stop" },
  plan: { flag: "--plan <file>", says: "only if it is still the plan saved there", offers: "files" },
  save: { flag: "--save <file>", says: "write the plan as JSON, for run --plan", offers: "files" },
  report: {
    flag: "--report <file>",
    says: "write a page of the run: videos, timelines, prompts",
    offers: "files",
  },
};
