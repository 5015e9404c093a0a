import type { Session } from "../../job/event.ts";
import type { Draft } from "../../job/media.ts";
import type { LineExport, LineMedia, LineStep } from "../../recipe/recipe-line.ts";

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
  /** The draft as the last request left it. */
  readonly draft?: Draft;
  /** Files that were exported from earlier drafts. */
  readonly earlier: readonly string[];
  /** What was asked back: the next message may be the answer. */
  readonly asking?: Question;
  /** A request may be running at the service, or nobody knows. */
  readonly isLive?: boolean;
  /** Absolute path of the recipe that is kept up to date. */
  readonly recipe?: string;
}

/** A request that waits for a yes. */
export interface Question {
  readonly prompt: string;
  /** Files that the request brings along. */
  readonly media: readonly LineMedia[];
  /** The yes is to what it costs. */
  readonly isAboutCost: boolean;
}

export const emptyTalk: Talk = { line: [], waiting: [], earlier: [] };

/** The conversation with one more request, and the files that waited for it. Exports of the draft before it are over. */
export function withRequest(talk: Talk, prompt: string): Talk {
  const turn = requestsOf(talk).length === 0 ? "prompt" : "refinement";
  const uploads = talk.waiting.map((media): LineStep => ({ kind: "upload", media, asset: false }));
  const kept = talk.line.filter(({ kind }) => kind !== "export");
  return {
    ...talk,
    line: [...kept, ...uploads, { kind: "turn", turn, prompt, atMost: 1 }],
    waiting: [],
    earlier: [...talk.earlier, ...exportsOf(talk).map(({ path }) => path)],
  };
}

/** What was asked for, in order. */
export function requestsOf({ line }: Talk): readonly string[] {
  return line.flatMap((step) => (step.kind === "turn" ? [step.prompt] : []));
}

/** The files of the draft as it is. */
export function exportsOf({ line }: Talk): readonly LineExport[] {
  return line.flatMap((step) => (step.kind === "export" ? [step] : []));
}
