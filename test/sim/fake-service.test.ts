import { nemoServiceContract } from "../executor/nemo-service.contract.ts";
import { seededRandom } from "../support/seeded-random.ts";
import type { StepClock } from "../support/step-clock.ts";
import { fakeBackend } from "./fake-backend.ts";
import { fakeService, noTrouble } from "./fake-service.ts";

/** Virtual time that never makes anybody wait. */
function hurriedClock(): StepClock {
  let nowMs = 0;
  return {
    now: () => nowMs,
    sleep: async (ms) => void (nowMs += ms),
    at: (_ms, wake) => void setImmediate(wake),
    run: (promise) => promise,
  };
}

nemoServiceContract("the simulator's service", async () => {
  const clock = hurriedClock();
  const random = seededRandom(1);
  const backend = fakeBackend(clock, random);
  const service = fakeService({ backend, clock, random, trouble: () => noTrouble });
  return { service, refuseNextTurn: () => service.refuseNextTurn(), stop: async () => {} };
});
