import { mayBeLive, spentCredits, type JobState } from "../job/state.ts";
import type { RunCounts, RunOutcome } from "./ports.ts";

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

const countedAs: Readonly<Record<keyof RunCounts, readonly Verdict[]>> = {
  succeeded: ["succeeded"],
  upToDate: ["up-to-date"],
  failed: ["failed", "refused"],
  needsYou: ["needs-you", "live"],
  interrupted: ["interrupted"],
  notStarted: ["held-back"],
  leftOut: ["left-out"],
};

/** What leaves something to be done, whatever else went well. */
const leavesSome: ReadonlySet<Verdict> = new Set(["failed", "needs-you", "left-out"]);

/** Failures that came before the money: nothing was sent that the account or a budget does not cover. */
const refusals = new Set<string | undefined>(["no-credits", "over-budget"]);

/** Folds how all jobs of a run ended into counts and the exit code: 130 before 75 before 1 before 3. */
export function runOutcome(rests: readonly JobRest[]): RunOutcome {
  const verdicts = rests.map(verdictOf);
  const states = rests.flatMap((rest) => (rest.rest === "came-to-rest" ? [rest] : []));
  return {
    exitCode: exitCodeOf(verdicts),
    counts: runCounts((of) => verdicts.filter((verdict) => countedAs[of].includes(verdict)).length),
    credits: states.reduce((sum, rest) => sum + rest.credits, 0),
    costUnknown: states.some(({ state }) => spentCredits(state).unknown),
    files: states.flatMap(({ files }) => files),
  };
}

/** The counts of a run, by what is known of each; what is rare is left out where there is none. */
export function runCounts(count: (of: keyof RunCounts) => number): RunCounts {
  const [notStarted, leftOut] = [count("notStarted"), count("leftOut")];
  return {
    succeeded: count("succeeded"),
    upToDate: count("upToDate"),
    failed: count("failed"),
    needsYou: count("needsYou"),
    interrupted: count("interrupted"),
    ...(notStarted > 0 && { notStarted }),
    ...(leftOut > 0 && { leftOut }),
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
  if (verdicts.some((verdict) => leavesSome.has(verdict))) return 1;
  if (verdicts.includes("refused")) return 3;
  return verdicts.includes("held-back") ? 1 : 0;
}
