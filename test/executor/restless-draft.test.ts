import { expect, it } from "vitest";
import type { Draft } from "../../src/job/media.ts";
import { stateOf } from "../../src/job/fold.ts";
import { evidenceOf } from "../../src/report/evidence-of.ts";
import { plannedJob } from "../support/planned-job.ts";
import { onlyJobId, order, resumed, world } from "../support/small-world.ts";

const job = plannedJob({ turns: [{ prompt: "make it" }] });
const key = job.steps.find(({ kind }) => kind === "turn")?.key ?? "";

it("a draft that never stands still ends in a question, and a person can take it as it is", async () => {
  let looks = 0;
  const restless = (draft: Draft | undefined): Draft | undefined =>
    draft && { ...draft, fingerprint: `${draft.fingerprint}${(looks += 1)}` };
  const { run, backend, ports } = world(({ service }) => ({
    service: { ...service, readDraft: async (...call) => restless(await service.readDraft(...call)) },
  }));
  expect(await run([order(job)])).toMatchObject({ exitCode: 75 });
  const jobId = await onlyJobId(ports.journal);
  const state = stateOf(await ports.journal.read(jobId));
  expect(state).toMatchObject({ status: "needs-you", failure: { code: "turn-unknown" } });
  const facts = state && evidenceOf(state, key)?.facts;
  expect(facts?.find(([name]) => name === "draft")?.[1]).toContain("did not stand still for 20m");
  await ports.journal.append(jobId, { type: "turn-resolved", key, decision: "adopt" }, state?.seq ?? 0);
  expect(await run([resumed(jobId)])).toMatchObject({ exitCode: 0 });
  expect(backend.accepted).toHaveLength(1);
});
