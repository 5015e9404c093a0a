import { Failure, type FailureFacts } from "../base/failure.ts";
import { unlessAborted } from "../base/unless-aborted.ts";
import type { Clock, NemoService, OutageReport } from "./ports.ts";

export interface Outage {
  /**
   * Asks the service, and waits until it answers. False where it answered at the first asking: whatever failed was no
   * outage. Rejects when the signal is aborted.
   */
  passed(signal: AbortSignal): Promise<boolean>;
  /** The service did not answer when it was asked last. */
  readonly isNow: boolean;
}

const firstPauseMs = 5_000;
const longestPauseMs = 60_000;

/**
 * Waits out the times in which the service does not answer, for all jobs of a process together.
 *
 * Owns: the one question that is asked again and again. Talks to: the service, by a call that costs nothing.
 * Invariants: however many wait, one asks; what is told comes once for each outage.
 */
export function outageOf(
  ports: { readonly service: Pick<NemoService, "credits">; readonly clock: Clock },
  { tell, signal }: { readonly tell: (report: OutageReport) => void; readonly signal: AbortSignal },
): Outage {
  const { service, clock } = ports;
  let asking: Promise<boolean> | undefined;
  let isNow = false;

  const ask = async (): Promise<FailureFacts | undefined> => {
    try {
      await service.credits({ signal });
      return undefined;
    } catch (error) {
      if (error instanceof Failure && isAway(error.facts)) return error.facts;
      if (error instanceof Failure) return undefined;
      throw error;
    }
  };
  const waitOut = async (): Promise<boolean> => {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      const failure = await ask();
      signal.throwIfAborted();
      if (failure === undefined) break;
      if (!isNow) tell({ type: "service-away", failure });
      isNow = true;
      await clock.sleep(pauseMs, signal);
    }
    const wasAway = isNow;
    isNow = false;
    if (wasAway) tell({ type: "service-back" });
    return wasAway;
  };

  return {
    passed: async (until) => {
      asking ??= waitOut().finally(() => (asking = undefined));
      const came = await unlessAborted(until, asking);
      // Who waits may stop waiting; the question goes on for the others.
      if (came === undefined) throw until.reason as Error;
      return came.value;
    },
    get isNow() {
      return isNow;
    },
  };
}

/** No answer, or one that says that the service itself is down. */
export function isAway({ code, transient }: Pick<FailureFacts, "code" | "transient">): boolean {
  return code === "unreachable" || (code === "service-error" && transient === true);
}
