import type { Evidence } from "../evidence-of.ts";
import type { Timeline } from "../../job/media.ts";

/** All that a report's page tells, worked out: plain JSON, so that secrets can be looked for in all of it at once. */
export interface PageFacts {
  readonly title: string;
  /** `2026-11-20 09:05` */
  readonly madeAt: string;
  /** Name and version of the program. */
  readonly program: string;
  readonly run?: RunFacts;
  readonly jobs: readonly JobFacts[];
  /** Jobs of the run that the page leaves out, because they were not begun or are too many. */
  readonly leftOut: number;
}

export interface RunFacts {
  readonly id: string;
  readonly startedAt: string;
  readonly took?: string;
  /** Absent while it runs. */
  readonly exitCode?: number;
}

export interface JobFacts {
  readonly id: string;
  readonly name: string;
  readonly recipe: string;
  readonly runId: string;
  readonly status: "going" | "finished" | "failed" | "needs-you";
  readonly startedAt: string;
  readonly took: string;
  /** Credits in words. */
  readonly cost: string;
  /** Measured credits, for sums. */
  readonly credits: number;
  readonly costUnknown: boolean;
  readonly skill: string;
  readonly isLocal: boolean;
  readonly sessionId?: string;
  /** The session's page on the service's site, without any token. */
  readonly pageLink?: string;
  readonly inputs: readonly { readonly name: string; readonly note: string }[];
  readonly timeline?: Timeline;
  readonly turns: readonly TurnFacts[];
  readonly files: readonly FileReport[];
  readonly trouble?: TroubleFacts;
}

export interface TurnFacts {
  readonly prompt: string;
  /** `refinement`, `variant tall`; absent for a prompt. */
  readonly kind?: string;
  readonly said: readonly string[];
  readonly outcome: string;
  readonly tone: "good" | "quiet" | "bad" | "open";
  readonly took?: string;
  readonly cost?: string;
  /** As it stood after the turn, where the turn changed it. */
  readonly timeline?: Timeline;
}

export interface FileReport {
  /** Absolute; names the file in the media that stand beside the page. */
  readonly path: string;
  readonly shownPath: string;
  readonly isDelivered: boolean;
  /** Made to be looked at: once the video itself is there, only its frames are shown. */
  readonly isPreview: boolean;
  /** Its facts, or how far it is. */
  readonly note: string;
  readonly differs: readonly string[];
  readonly isPicture: boolean;
  readonly width?: number;
  readonly height?: number;
}

export interface TroubleFacts {
  readonly text: string;
  readonly code: string;
  /** What helps, in one line; absent where a person decides by the evidence. */
  readonly next?: string;
  readonly evidence?: Evidence;
}

/** A delivered file as the page can show it. */
export interface PageMedia {
  /** Relative to the page's folder, percent-encoded. */
  readonly href: string;
  /** A small picture of it, as a `data:` address. */
  readonly poster?: string;
  /** Of a preview: frames from all of it, in the same way. */
  readonly frames?: string;
}
