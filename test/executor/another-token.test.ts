import { describe, expect, it } from "vitest";
import { Failure } from "../../src/base/failure.ts";
import type { Account } from "../../src/executor/ports.ts";
import type { RunPorts } from "../../src/executor/run-request.ts";
import { stateOf } from "../../src/job/fold.ts";
import { plannedJob } from "../support/planned-job.ts";
import { onlyJobId, order, resumed, world } from "../support/small-world.ts";

const plan = plannedJob({ turns: [{ prompt: "one" }, { prompt: "two" }] });
const lost = new Failure({ code: "session-lost", message: "not found", sent: "rejected" });
const noCredits = new Failure({ code: "no-credits", message: "empty", sent: "rejected" });

interface Change {
  account: Account;
  isPoor: boolean;
  isForeign: boolean;
}

/** The second turn is refused while the account is poor; a foreign account does not know the session. */
function changing(change: Change): (ports: RunPorts) => Partial<RunPorts> {
  let sent = 0;
  return ({ service }) => ({
    service: {
      ...service,
      account: async () => change.account,
      readDraft: async (...call) => {
        if (change.isForeign) throw lost;
        return service.readDraft(...call);
      },
      runTurn: async (...call) => {
        sent += 1;
        if (sent > 1 && change.isPoor) throw noCredits;
        return service.runTurn(...call);
      },
    },
  });
}

async function poorJob(change: Change): Promise<ReturnType<typeof world> & { readonly jobId: string }> {
  const made = world(changing(change));
  expect((await made.run([order(plan)])).exitCode).toBe(3);
  return { ...made, jobId: await onlyJobId(made.ports.journal) };
}

describe("a job whose token is another one when it is resumed", () => {
  it("goes on under a registered token that opens the session: who registers keeps the work", async () => {
    const change: Change = { account: { id: "account", kind: "anonymous" }, isPoor: true, isForeign: false };
    const { run, backend, jobId } = await poorJob(change);
    Object.assign(change, { account: { id: "other", kind: "registered" }, isPoor: false });
    expect(await run([resumed(jobId)])).toMatchObject({ exitCode: 0, files: ["/out/promo.mp4"] });
    expect(backend.accepted).toHaveLength(2);
  });

  it.each(["anonymous", "registered"] as const)(
    "stops before it pays on a foreign %s account",
    async (kind) => {
      const change: Change = { account: { id: "account", kind }, isPoor: true, isForeign: false };
      const { run, backend, jobId, ports } = await poorJob(change);
      Object.assign(change, {
        account: { id: "other", kind },
        isPoor: false,
        isForeign: kind === "registered",
      });
      expect((await run([resumed(jobId)])).exitCode).toBe(1);
      const state = stateOf(await ports.journal.read(jobId));
      expect(state?.failure).toMatchObject({
        code: "account-changed",
        hint: expect.stringContaining("NEMO_TOKEN"),
      });
      expect(backend.accepted).toHaveLength(1);
      Object.assign(change, { account: { id: "account", kind }, isForeign: false });
      expect((await run([resumed(jobId)])).exitCode).toBe(0);
    },
  );
});
