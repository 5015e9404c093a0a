import type { FoundFile } from "../plan/planned-job.ts";
import type { WatchedGroup } from "../plan/watched-group.ts";
import type { JobOrder, MoneyRules } from "./run-request.ts";

/** The jobs that a group is to make. */
export interface GroupPlan {
  readonly orders: readonly JobOrder[];
  readonly money: MoneyRules;
}

/** A group as a folder brings it. */
export interface ComingGroup extends WatchedGroup {
  /**
   * Its files were not what they had been, or out of reach, or another process is at them: they are looked at again,
   * and come again when they settle.
   */
  readonly comeAgain?: () => void;
}

/** A recipe with a folder that brings it files. */
export interface WatchedRecipe {
  readonly recipe: string;
  /** Groups at once. */
  readonly concurrency: number;
  /** How many jobs the recipe makes of a group, at the least. */
  readonly jobsOfGroup: number;
  /** The next group that is ready; undefined when there will be no more. */
  next(): Promise<ComingGroup | undefined>;
  /** Undefined where the group cannot be made; why has been told. */
  plan(group: WatchedGroup): Promise<GroupPlan | undefined>;
  /** How many files were left where they are, since they cannot be used; for a watch that ends by itself. */
  leftOut?(): number;
  /** Aborted when no further group is to be taken up; what is in hand is finished. */
  readonly retired?: AbortSignal;
  /** For jobs that go on as they were planned before. */
  readonly money: MoneyRules;
  /** What becomes of a file whose jobs have ended. Deleting needs `isVerified`: every delivered file stands as it was. */
  after(
    file: FoundFile,
    end: { readonly end: "delivered" | "failed"; readonly isVerified: boolean },
  ): Promise<void>;
}

export interface WatchRequest {
  readonly runId: string;
  /** `local`, or the origin of the service. */
  readonly backend: string;
  readonly overwrite: boolean;
  /** Ends at a budget without room, where a watch that goes on waits for room. */
  readonly once: boolean;
  /** Where the queue holds jobs back: the watch ends, or waits until a person has looked. Default `end`. */
  readonly whenHeldBack?: "end" | "wait";
  readonly tell: (report: WatchReport) => void;
  readonly signal: AbortSignal;
}

/** What a watch tells besides the reports of its jobs. */
export type WatchReport =
  | { readonly type: "known" | "delivered-before" | "elsewhere"; readonly file: FoundFile }
  /** `lost`: what was paid for the file cannot be gone on with; only a person may have it paid anew. */
  | { readonly type: "needs-you" | "lost"; readonly file: FoundFile; readonly jobId: string }
  /** A budget or the balance has no room: nothing is taken up until it has. */
  | { readonly type: "waiting-for-room"; readonly why: string }
  | { readonly type: "room-again" }
  /** Too many jobs in a row cost and brought nothing. */
  | { readonly type: "held-back" };
