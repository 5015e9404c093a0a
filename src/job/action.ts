import type { FailureNote } from "./event.ts";
import type { ReviewRule } from "../recipe/recipe.ts";
import type { ExportStep, TurnStep, UploadStep } from "../plan/planned-job.ts";

/**
 * Whether an action may be done again after nobody knows how the first time ended.
 * `safe`: always. `once`: one more time, under a new id. `never`: it costs money each time.
 */
export type Replay = "safe" | "once" | "never";

/** What comes next for a job, decided by `nextAction` from the state alone. */
export type Action =
  | { readonly type: "open-session"; readonly replay: "safe" }
  | { readonly type: "upload"; readonly replay: "safe"; readonly step: UploadStep }
  | { readonly type: "reconcile-upload"; readonly replay: "safe"; readonly step: UploadStep }
  | { readonly type: "skip-turn"; readonly replay: "safe"; readonly step: TurnStep }
  | {
      readonly type: "send-turn";
      readonly replay: "never";
      readonly step: TurnStep;
      readonly attempt: number;
    }
  | { readonly type: "reconcile-turn"; readonly replay: "safe"; readonly step: TurnStep }
  | {
      readonly type: "start-export";
      readonly replay: "once";
      readonly step: ExportStep;
      readonly attempt: number;
    }
  | {
      readonly type: "poll-export";
      readonly replay: "safe";
      readonly step: ExportStep;
      readonly renderId: string;
    }
  | {
      readonly type: "deliver";
      readonly replay: "safe";
      readonly step: ExportStep;
      readonly renderId: string;
    }
  | {
      readonly type: "ask-review";
      readonly replay: "safe";
      readonly step: ExportStep;
      readonly rule: ReviewRule;
    }
  | { readonly type: "fail"; readonly replay: "safe"; readonly failure: FailureNote }
  | { readonly type: "finish"; readonly replay: "safe" };
