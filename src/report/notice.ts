import type { Occasion } from "../recipe/recipe.ts";

/** A delivered file. */
export interface NoticeFile {
  /** Absolute. */
  readonly path: string;
  /** As people should see it. */
  readonly shownPath: string;
  readonly format: string;
  readonly sizeBytes: number;
  readonly durationMs?: number;
}

/** What went wrong, and the next step that helps. */
export interface NoticeTrouble {
  readonly code: string;
  readonly message: string;
  readonly next?: string;
}

export interface NoticeJob {
  readonly id: string;
  readonly name: string;
  readonly recipe: string;
  readonly end: Occasion;
  /** Measured in this run. */
  readonly credits: number;
  readonly files: readonly NoticeFile[];
  readonly trouble?: NoticeTrouble;
}

export interface NoticeCounts {
  readonly finished: number;
  readonly failed: number;
  readonly needsYou: number;
  readonly budget: number;
  readonly upToDate: number;
  readonly interrupted: number;
  readonly notStarted: number;
}

/**
 * What people elsewhere are told of a run, or of a burst of a watch: plain JSON, of bounded size, with every text
 * cleaned of secrets, of links and of what a terminal would obey.
 */
export interface Notice {
  /** Its own: a receiver that gets it twice can tell. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** All that happened, whether it was asked for or not. */
  readonly on: readonly Occasion[];
  /** One line for people. */
  readonly title: string;
  /** Absent where no run could begin. */
  readonly run?: string;
  readonly recipes: readonly string[];
  readonly counts: NoticeCounts;
  readonly credits: number;
  /** The cost of some turn could not be measured. */
  readonly costUnknown: boolean;
  /** Made on this machine: nothing was paid. */
  readonly local: boolean;
  /** Since the run began. */
  readonly elapsedMs: number;
  /** What ended the run as a whole, or kept it from beginning. */
  readonly trouble?: NoticeTrouble;
  /** Those with trouble first; the first twenty of each kind. */
  readonly jobs: readonly NoticeJob[];
  /** Jobs that ended and are not in the list. */
  readonly more: number;
}
