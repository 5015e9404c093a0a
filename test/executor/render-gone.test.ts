import { expect, it } from "vitest";
import { Failure } from "../../src/base/failure.ts";
import { plannedJob } from "../support/planned-job.ts";
import { onlyJobId, order, resumed, world } from "../support/small-world.ts";

const gone = new Failure({ code: "render-failed", message: "no such render", sent: "rejected" });

it("a finished render that the service has forgotten is made anew from its draft, and by recover or resume as well", async () => {
  const asked: string[] = [];
  let isForgetful = true;
  const { run, backend, ports } = world(({ service }) => ({
    service: {
      ...service,
      download: (request, options) => {
        asked.push(request.renderId);
        return isForgetful ? Promise.reject(gone) : service.download(request, options);
      },
    },
  }));
  expect(await run([order(plannedJob({ turns: [{ prompt: "make it" }] }))])).toMatchObject({ exitCode: 1 });
  expect(new Set(asked).size).toBe(2);
  isForgetful = false;
  expect(await run([resumed(await onlyJobId(ports.journal))])).toMatchObject({ exitCode: 0 });
  expect(new Set(asked).size).toBe(3);
  expect(backend.accepted).toHaveLength(1);
});
