import type { Session } from "../../job/event.ts";
import type { Draft } from "../../job/media.ts";
import type { LineMedia, LineStep } from "../../recipe/recipe-line.ts";

/** A conversation, as data: what was put in and asked for, and what is known of the session that it lives in. */
export interface Talk {
  /** What the recipe and its files are called; chosen with the first request. */
  readonly name?: string;
  /** What was said, as the steps of a job. It only grows at its end, so that the session goes on. */
  readonly line: readonly LineStep[];
  /** Files that go along with the next request. */
  readonly waiting: readonly LineMedia[];
  /** The job that the conversation is; absent before its first request. */
  readonly jobId?: string;
  readonly session?: Session;
  /** The newest draft that is known. */
  readonly draft?: Draft;
  /** Files that were exported from earlier drafts. */
  readonly earlier: readonly string[];
}

export const emptyTalk: Talk = { line: [], waiting: [], earlier: [] };

/** The conversation with one more request, and the files that waited for it. Exports of the draft before it are over. */
export function withRequest(talk: Talk, prompt: string): Talk {
  const isFirst = !talk.line.some(({ kind }) => kind === "turn");
  const uploads = talk.waiting.map((media): LineStep => ({ kind: "upload", media, asset: false }));
  const turn = isFirst ? "prompt" : "refinement";
  return {
    ...talk,
    line: [
      ...talk.line.filter(({ kind }) => kind !== "export"),
      ...uploads,
      { kind: "turn", turn, prompt, atMost: 1 },
    ],
    waiting: [],
    earlier: [...talk.earlier, ...talk.line.flatMap((step) => (step.kind === "export" ? [step.path] : []))],
  };
}
