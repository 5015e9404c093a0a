import { expect, it } from "vitest";
import { Failure } from "../../src/base/failure.ts";
import type { NemoService } from "../../src/executor/ports.ts";
import type { RunPorts } from "../../src/executor/run-request.ts";
import { stateOf } from "../../src/job/fold.ts";
import { plannedJob } from "../support/planned-job.ts";
import { onlyJobId, order, resumed, world } from "../support/small-world.ts";

const job = plannedJob({
  uploads: 1,
  turns: [{ prompt: "make it" }, { prompt: "add it" }],
  isSequence: true,
});
const [, , second] = job.steps;

/** The second upload goes into a session that is paid: it is called so often, and its answer is lost the first time. */
function losing(change: Partial<NemoService>): {
  readonly sent: string[];
  readonly ports: (given: RunPorts) => Partial<RunPorts>;
} {
  const sent: string[] = [];
  const ports = ({ service }: RunPorts): Partial<RunPorts> => ({
    service: {
      ...service,
      uploadFile: async (request, options) => {
        sent.push(request.source.name);
        const isFirst = sent.filter((name) => name === request.source.name).length === 1;
        if (request.source.name !== "promo-1.jpg" || !isFirst) return service.uploadFile(request, options);
        throw new Failure({ code: "unreachable", message: "lost", sent: "maybe-sent", transient: true });
      },
      ...change,
    },
  });
  return { sent, ports };
}

it("a file that does not show in a paid session is sent again, and not before a change would have shown", async () => {
  const { sent, ports } = losing({});
  const { run, clock, backend } = world(ports);
  const beganMs = clock.now();
  expect(await run([order(job)])).toMatchObject({ exitCode: 0 });
  expect(sent).toEqual(["promo-0.jpg", "promo-1.jpg", "promo-1.jpg"]);
  expect(clock.now() - beganMs).toBeGreaterThan(job.settings.timeouts.changeMs);
  expect(backend.accepted.map(({ files }) => files.length)).toEqual([1, 2]);
});

it("a paid session that shows no files waits for a person, and is looked at again by resume", async () => {
  let shown = 0;
  const { sent, ports } = losing({ countFiles: async () => shown });
  const { run, backend, ports: worldPorts } = world(ports);
  const outcome = await run([order(job)]);
  expect(outcome).toMatchObject({ exitCode: 1, counts: { needsYou: 1 } });
  const jobId = await onlyJobId(worldPorts.journal);
  const state = stateOf(await worldPorts.journal.read(jobId));
  expect(state).toMatchObject({ status: "needs-you", uploading: { key: second?.key } });
  expect(state?.failure).toMatchObject({
    code: "upload-unknown",
    message: expect.stringContaining("promo-1.jpg"),
    hint: expect.stringMatching(/nemo-recipe resume job_\w+` looks again.*paid anew/),
  });
  expect(JSON.stringify(state?.failure)).not.toMatch(/try again/i);
  expect([sent.length, backend.accepted.length]).toEqual([2, 1]);
  shown = 2;
  expect(await run([resumed(jobId)])).toMatchObject({ exitCode: 0 });
  expect([sent.length, backend.accepted.length]).toEqual([2, 2]);
});

it("a run that must not cost anything leaves an upload in doubt to resume", async () => {
  const { ports } = losing({ countFiles: async () => 0 });
  const { run, ports: worldPorts, backend } = world(ports);
  await run([order(job)]);
  const jobId = await onlyJobId(worldPorts.journal);
  await run([resumed(jobId)], { isFree: true });
  const state = stateOf(await worldPorts.journal.read(jobId));
  expect(state).toMatchObject({ failure: { code: "interrupted" }, uploading: { key: second?.key } });
  expect(backend.accepted).toHaveLength(1);
});
