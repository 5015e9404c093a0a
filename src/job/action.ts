import type { FailureNote } from "./event.ts";
import type { ReviewRule } from "../recipe/recipe.ts";
import type { ExportStep, TurnStep, UploadStep } from "../plan/planned-job.ts";

/**
 * Whether an action may be done again after nobody knows how the first time ended.
 * `safe`: always. `once`: one more time, under a new id. `never`: it costs money each time.
 */
type Replay = "safe" | "once" | "never";

interface Act<Type extends string, Allowed extends Replay> {
  readonly type: Type;
  readonly replay: Allowed;
}

interface OfStep<Step> {
  readonly step: Step;
}

/** What comes next for a job, decided by `nextAction` from the state alone. */
export type Action =
  | Act<"open-session", "safe">
  | (Act<"upload", "safe"> & OfStep<UploadStep>)
  | (Act<"reconcile-upload", "safe"> & OfStep<UploadStep>)
  | (Act<"skip-turn", "safe"> & OfStep<TurnStep>)
  | (Act<"reconcile-turn", "safe"> & OfStep<TurnStep>)
  | (Act<"send-turn", "never"> & OfStep<TurnStep> & { readonly attempt: number })
  | (Act<"start-export", "once"> & OfStep<ExportStep> & { readonly attempt: number })
  | (Act<"poll-export", "safe"> & OfStep<ExportStep> & { readonly renderId: string })
  | (Act<"deliver", "safe"> & OfStep<ExportStep> & { readonly renderId: string })
  | (Act<"ask-review", "safe"> & OfStep<ExportStep> & { readonly rule: ReviewRule })
  | (Act<"fail", "safe"> & { readonly failure: FailureNote })
  | Act<"finish", "safe">;
