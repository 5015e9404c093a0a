import { mayBeLive, spentCredits, type JobState } from "../job/state.ts";
import type { RunOutcome } from "./ports.ts";

/** How one ordered job came to rest. */
export type JobRest =
  | {
      readonly rest: "came-to-rest";
      readonly state: JobState;
      readonly interrupted: boolean;
      /** What is paid is fetched; turns that are still to be sent were not asked for. */
      readonly isFetched: boolean;
      readonly files: readonly string[];
      readonly credits: number;
      /** Turns that this run sent and that may have been paid. */
      readonly turnsSent: number;
    }
  /** `unplanned`: nothing could be planned of it, and why has been told; `left-out`: a file that cannot be used. */
  | { readonly rest: "up-to-date" | "not-started" | "cancelled" | "held-back" | "unplanned" | "left-out" }
  /** Another process drives it, or it waits for a person. */
  | { readonly rest: "busy" | "parked" };

type Verdict =
  | "succeeded"
  | "up-to-date"
  | "held-back"
  | "left-out"
  | "refused"
  | "failed"
  | "needs-you"
  | "live"
  | "interrupted";

/** Failures that came before the money: nothing was sent that the account or a budget does not cover. */
const refusals = new Set<string | undefined>(["no-credits", "over-budget"]);

/** Folds how all jobs of a run ended into counts and the exit code: 130 before 75 before 1 before 3. */
export function runOutcome(rests: readonly JobRest[]): RunOutcome {
  const verdicts = rests.map(verdictOf);
  const count = (...wanted: Verdict[]): number =>
    verdicts.filter((verdict) => wanted.includes(verdict)).length;
  const [heldBack, leftOut] = [count("held-back"), count("left-out")];
  const states = rests.flatMap((rest) => (rest.rest === "came-to-rest" ? [rest] : []));
  return {
    exitCode: exitCodeOf(verdicts),
    counts: {
      succeeded: count("succeeded"),
      upToDate: count("up-to-date"),
      failed: count("failed", "refused"),
      needsYou: count("needs-you", "live"),
      interrupted: count("interrupted"),
      ...(heldBack > 0 && { notStarted: heldBack }),
      ...(leftOut > 0 && { leftOut }),
    },
    credits: states.reduce((sum, rest) => sum + rest.credits, 0),
    costUnknown: states.some(({ state }) => spentCredits(state).unknown),
    files: states.flatMap(({ files }) => files),
  };
}

function verdictOf(rest: JobRest): Verdict {
  if (rest.rest === "up-to-date") return "up-to-date";
  if (rest.rest === "held-back" || rest.rest === "left-out") return rest.rest;
  if (rest.rest === "not-started") return "interrupted";
  if (rest.rest === "cancelled" || rest.rest === "unplanned") return "failed";
  if (rest.rest !== "came-to-rest") return "live";
  const { state, interrupted } = rest;
  if (state.status === "finished" || rest.isFetched) return "succeeded";
  if (interrupted) return "interrupted";
  if (mayBeLive(state)) return "live";
  if (state.status === "needs-you") return "needs-you";
  return refusals.has(state.failure?.code) ? "refused" : "failed";
}

/** What was held back was not made, though the jobs that held it back may be another run's. */
function exitCodeOf(verdicts: readonly Verdict[]): number {
  if (verdicts.includes("interrupted")) return 130;
  if (verdicts.includes("live")) return 75;
  if (["failed", "needs-you", "left-out"].some((one) => verdicts.includes(one as Verdict))) return 1;
  if (verdicts.includes("refused")) return 3;
  return verdicts.includes("held-back") ? 1 : 0;
}
