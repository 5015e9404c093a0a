import { Failure } from "../base/failure.ts";
import { isAway, type Outage } from "../executor/outage.ts";
import type { World } from "./open-world.ts";

const pauseMs = 5_000;

/** The account's id, for as long as it takes: a service that does not answer is waited for. */
export function patientAccount(
  { service, clock }: Pick<World, "service" | "clock">,
  outage: Outage,
  signal: AbortSignal,
): () => Promise<string> {
  return async () => {
    for (;;) {
      try {
        return (await service.account()).id;
      } catch (error) {
        if (!(error instanceof Failure) || !isAway(error.facts)) throw error;
        if (!(await outage.passed(signal))) await clock.sleep(pauseMs, signal);
      }
    }
  };
}
