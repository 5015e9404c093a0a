import type { Talk } from "./talk.ts";

/** What came of one message. */
export interface Answer {
  readonly talk: Talk;
  /** As of the command line; 0 where all went well. */
  readonly exitCode: number;
  readonly isEnd?: boolean;
}

export const wentWell = (talk: Talk): Answer => ({ talk, exitCode: 0 });
