import type { Talk } from "./talk.ts";

/** What came of one message. */
export interface Answer {
  readonly talk: Talk;
  /** 0 where all went well. */
  readonly exitCode: number;
  readonly isEnd?: boolean;
}
