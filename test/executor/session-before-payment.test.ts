import { expect, it } from "vitest";
import { Failure } from "../../src/base/failure.ts";
import type { RunPorts } from "../../src/executor/run-request.ts";
import { plannedJob } from "../support/planned-job.ts";
import { order, world } from "../support/small-world.ts";

const job = plannedJob({ uploads: 1, turns: [{ prompt: "make it" }, { prompt: "add it" }] });

/** The service answers the nth look at a session with 1002. */
function forgetting(nth: (looks: number) => boolean): (given: RunPorts) => Partial<RunPorts> {
  let looks = 0;
  return ({ service }) => ({
    service: {
      ...service,
      readDraft: (...call) => {
        looks += 1;
        if (!nth(looks)) return service.readDraft(...call);
        return Promise.reject(new Failure({ code: "session-lost", message: "forgotten", sent: "rejected" }));
      },
    },
  });
}

it.each<[string, (looks: number) => boolean, number, number[]]>([
  ["is left for a new one, with its files", (looks) => looks === 1, 0, [1, 1]],
  ["is not left for one after the other without end", () => true, 1, []],
  ["is kept once something was paid in it", (looks) => looks > 2, 75, [1]],
])("a session that is gone before a prompt leaves %s", async (_, nth, exitCode, files) => {
  const { run, backend } = world(forgetting(nth));
  expect(await run([order(job)])).toMatchObject({ exitCode });
  expect(backend.accepted.map((turn) => turn.files.length)).toEqual(files);
});
