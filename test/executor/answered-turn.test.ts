import { expect, it } from "vitest";
import type { JobEvent } from "../../src/job/event.ts";
import { plannedJob } from "../support/planned-job.ts";
import { onlyJobId, order, world } from "../support/small-world.ts";

const minuteMs = 60_000;

/** A job whose first turn is answered in words and changes nothing; and what was recorded of its turns. */
async function story(isAnswered: boolean): Promise<{
  events: Record<"turn-sending" | "turn-settled", JobEvent[]>;
  settledAfterMs: number;
  toldMs: number | undefined;
}> {
  let turns = 0;
  const { run, ports, reports } = world(({ service }) => ({
    service: {
      ...service,
      runTurn: async (...call) => {
        turns += 1;
        return turns === 1 ? { end: "closed", texts: ["Which style?"] } : service.runTurn(...call);
      },
    },
  }));
  const job = plannedJob({ turns: [{ prompt: "a video" }, { prompt: "calm" }] });
  await run([order(job)], { isAnswered: () => isAnswered });
  const records = await ports.journal.read(await onlyJobId(ports.journal));
  const of = (type: JobEvent["type"]): JobEvent[] =>
    records.flatMap(({ event }) => (event.type === type ? [event] : []));
  const atMs = (type: JobEvent["type"]): number =>
    records.find(({ event }) => event.type === type)?.atMs ?? NaN;
  const signals = reports.flatMap((one) =>
    one.type === "job-signal" && one.signal.type === "turn-unchanged" ? [one.signal] : [],
  );
  return {
    events: { "turn-sending": of("turn-sending"), "turn-settled": of("turn-settled") },
    settledAfterMs: atMs("turn-settled") - atMs("turn-closed"),
    toldMs: signals[0]?.leftMs,
  };
}

it("an answer in words is waited on for as long as a change may take, which is said", async () => {
  const { events, settledAfterMs, toldMs } = await story(false);
  expect(settledAfterMs).toBeGreaterThanOrEqual(5 * minuteMs);
  expect(toldMs).toBeGreaterThan(4 * minuteMs);
  expect(events["turn-settled"][0]).toMatchObject({ changed: false, cost: 0 });
  expect(events["turn-settled"][0]).not.toHaveProperty("openUntilMs");
  expect(events["turn-sending"][1]).toMatchObject({ overlapped: false });
});

it("who goes on from it waits no longer: it counts as its reserve, and the next turn as one that overlaps", async () => {
  const { events, settledAfterMs } = await story(true);
  expect(settledAfterMs).toBeLessThan(minuteMs);
  const [settled] = events["turn-settled"];
  expect(settled).toMatchObject({ changed: false, openUntilMs: expect.any(Number) });
  expect(settled).not.toHaveProperty("cost");
  expect(events["turn-sending"][1]).toMatchObject({ overlapped: true });
  expect(events["turn-settled"][1]).toMatchObject({ changed: true });
  expect(events["turn-settled"][1]).not.toHaveProperty("cost");
});
