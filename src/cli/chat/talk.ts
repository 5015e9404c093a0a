import type { Session } from "../../job/event.ts";
import type { Draft } from "../../job/media.ts";
import type { LineExport, LineMedia, LineStep } from "../../recipe/recipe-line.ts";

import { isAmong } from "./is-among.ts";

/** A conversation, as data: what was put in and asked for, and what is known of the session that it lives in. */
export interface Talk {
  /** What the recipe and its files are called; chosen with the first request. */
  readonly name?: string;
  /** What was said, as the steps of a job. It only grows at its end, so that the session goes on. */
  readonly line: readonly LineStep[];
  /** What was sent behind `line` and changed nothing; with the files that came with it, which wait still. */
  readonly idle: readonly LineStep[];
  /** Requests before the end of `line` that changed nothing. */
  readonly leftOut: readonly string[];
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

export const emptyTalk: Talk = { line: [], idle: [], leftOut: [], waiting: [], earlier: [] };

/**
 * The conversation with one more request, and the files that waited for it. Exports of the draft before it are over.
 * Said once more, what changed nothing is another request: then the first one stays.
 */
export function withRequest(talk: Talk, prompt: string): Talk {
  const isSaidAgain = [...turnsIn(talk.idle), ...talk.leftOut].includes(prompt);
  const kept = isSaidAgain ? talk.idle : [];
  const before = [...talk.line.filter(({ kind }) => kind !== "export"), ...kept];
  const turn = turnsIn(before).length === 0 ? "prompt" : "refinement";
  const uploads = talk.waiting
    .filter((media) => !isAmong(media, mediaIn(kept)))
    .map((media): LineStep => ({ kind: "upload", media, asset: false }));
  return {
    ...talk,
    line: [...before, ...uploads, { kind: "turn", turn, prompt, atMost: 1 }],
    idle: [],
    leftOut: isSaidAgain ? talk.leftOut : [...talk.leftOut, ...turnsIn(talk.idle)],
    waiting: [],
    earlier: [...talk.earlier, ...exportsOf(talk).map(({ path }) => path)],
  };
}

/** The conversation as it was before a request that changed nothing: the video is the same, and its files wait still. */
export function withIdle(before: Talk, { jobId, session, line, leftOut }: Talk): Talk {
  const sent = line.slice(before.line.filter(({ kind }) => kind !== "export").length);
  return {
    ...before,
    idle: sent,
    leftOut,
    ...(jobId !== undefined && { jobId }),
    ...(session !== undefined && { session }),
  };
}

/** The conversation before its last request: the files that came with it wait. */
export function withoutLast(talk: Talk): Talk {
  const turns = talk.line.flatMap(({ kind }, index) => (kind === "turn" ? [index] : []));
  const [last = 0, before = -1] = turns.toReversed();
  const waiting = [...mediaIn(talk.line.slice(before + 1, last)), ...talk.waiting];
  return { ...talk, line: talk.line.slice(0, before + 1), waiting };
}

/** The files among the steps. */
export const mediaIn = (line: readonly LineStep[]): LineMedia[] =>
  line.flatMap((step) => (step.kind === "upload" ? [step.media] : []));
const turnsIn = (line: readonly LineStep[]): string[] =>
  line.flatMap((step) => (step.kind === "turn" ? [step.prompt] : []));

/** What was asked for, in order. */
export function requestsOf({ line }: Talk): readonly string[] {
  return turnsIn(line);
}

/** The files of the draft as it is. */
export function exportsOf({ line }: Talk): readonly LineExport[] {
  return line.flatMap((step) => (step.kind === "export" ? [step] : []));
}
