import type { LineStep } from "../../src/recipe/recipe-line.ts";

/** Steps of a line, as a conversation puts them together. */
export const lineStep = {
  file: (path: string): LineStep => ({ kind: "upload", media: { kind: "file", path }, asset: false }),
  url: (url: string): LineStep => ({ kind: "upload", media: { kind: "url", url }, asset: false }),
  prompt: (prompt: string): LineStep => ({ kind: "turn", turn: "prompt", prompt, atMost: 1 }),
  refine: (prompt: string): LineStep => ({ kind: "turn", turn: "refinement", prompt, atMost: 1 }),
  export: (path: string, format: "mp4" | "gif" = "mp4"): LineStep => ({
    kind: "export",
    format,
    quality: "high",
    path,
  }),
} as const;
