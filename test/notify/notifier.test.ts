// When people are told: once a run, once a burst of a watch, job by job where the address speaks of the job.
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/executor/ports.ts";
import { openNotifier, type Listener, type Notifier } from "../../src/notify/notifier.ts";
import type { Addressee } from "../../src/notify/addressee.ts";
import type { Occasion } from "../../src/recipe/recipe.ts";
import type { Notice } from "../../src/report/notice.ts";
import { stepClock, type StepClock } from "../support/step-clock.ts";
import { jobReports, runOf, type Ending } from "./stories.ts";

const to: Addressee = { kind: "slack", url: new URL("https://hooks.test/services/x") };

interface Office {
  readonly clock: StepClock;
  readonly notifier: Notifier;
  readonly told: { readonly atMs: number; readonly notice: Notice; readonly to: Addressee }[];
  readonly said: string[];
  readonly hurry: AbortController;
  close(): Promise<void>;
}

interface OfficeOptions extends Partial<Listener> {
  /** How long a delivery takes, and what it says. */
  readonly delivery?: (signal: AbortSignal, clock: StepClock) => Promise<string | undefined>;
}

function office({ delivery = () => Promise.resolve(undefined), ...listener }: OfficeOptions = {}): Office {
  const clock = stepClock();
  const told: Office["told"] = [];
  const said: string[] = [];
  const hurry = new AbortController();
  const all: readonly Occasion[] = ["failed", "finished", "needs-you", "budget"];
  const usual: Listener = { on: all, hears: () => true, jobByJob: false, addressee: () => to, name: "slack" };
  let ids = 0;
  const notifier = openNotifier([{ ...usual, ...listener }], {
    clock,
    newId: (prefix) => `${prefix}_${ids++}`,
    redact: (text) => text,
    deliver: async (notice, to, signal) => {
      const why = await delivery(signal, clock);
      if (why === undefined) told.push({ atMs: clock.now(), notice, to });
      return why;
    },
    say: (line) => void said.push(line),
  });
  return { clock, notifier, told, said, hurry, close: () => clock.run(notifier.close(30_000, hurry.signal)) };
}

const endings = (count: number, end: Ending["end"] = "finished"): Ending[] =>
  Array.from({ length: count }, (_, index) => ({ name: `job-${index}`, end }));
const tellAll = ({ notifier }: Office, reports: readonly Report[]): void =>
  reports.forEach((one) => notifier.report(one));
const pass = ({ clock }: Office, ms: number): Promise<void> => clock.run(clock.sleep(ms));

describe("a run", () => {
  test("of 200 jobs is one message, when it ends", async () => {
    const one = office();
    const reports = runOf(endings(200));
    tellAll(one, reports.slice(0, -1));
    await pass(one, 3_600_000);
    expect(one.told).toEqual([]);
    tellAll(one, reports.slice(-1));
    await one.close();
    expect(one.told.map(({ notice }) => notice.title)).toEqual(["promo: 200 done"]);
  });

  test.each(["failed", "finished", "needs-you", "budget"] as const)(
    "tells of %s who asked for it, and nobody else",
    async (end) => {
      for (const on of ["failed", "finished", "needs-you", "budget"] as const) {
        const one = office({ on: [on] });
        tellAll(one, runOf(endings(2, end)));
        await one.close();
        expect(one.told).toHaveLength(on === end ? 1 : 0);
      }
    },
  );

  test("tells of the recipes that it is meant for", async () => {
    const one = office({ hears: (recipe) => recipe === "mine" });
    tellAll(
      one,
      runOf([
        { name: "a", end: "failed", recipe: "mine" },
        { name: "b", end: "failed", recipe: "other" },
      ]),
    );
    await one.close();
    expect(one.told.map(({ notice }) => notice.title)).toEqual(["mine: 1 failed"]);
  });

  test("that breaks off tells so, with what ended before", async () => {
    const one = office({ on: ["failed"] });
    tellAll(one, runOf(endings(3)).slice(0, -1));
    one.notifier.trouble({
      occasion: "failed",
      facts: { code: "disk-full", message: "the disk is full" },
      recipes: ["promo"],
    });
    await one.close();
    expect(one.told.map(({ notice }) => [notice.title, notice.trouble?.code])).toEqual([
      ["promo: broke off, 3 done", "disk-full"],
    ]);
  });

  test("tells each job by itself where the address speaks of it", async () => {
    const names: (string | undefined)[] = [];
    const one = office({ jobByJob: true, addressee: ({ job }) => (names.push(job?.name), to) });
    tellAll(one, runOf(endings(3)));
    await one.close();
    expect(names).toEqual(["job-0", "job-1", "job-2"]);
    expect(one.told.map(({ notice }) => notice.jobs.map(({ name }) => name))).toEqual([
      ["job-0"],
      ["job-1"],
      ["job-2"],
    ]);
  });
});

describe("a watch", () => {
  const begin = runOf([], 0).slice(0, 1);

  test("tells a burst ten seconds after its first end, and then at most once in five minutes", async () => {
    const one = office();
    const startMs = one.clock.now();
    tellAll(one, begin);
    for (let index = 0; index < 40; index++) {
      tellAll(one, jobReports({ name: `photo-${index}`, end: "finished" }));
      await pass(one, 15_000);
    }
    await one.close();
    expect(one.told.map(({ atMs }) => (atMs - startMs) / 1000)).toEqual([10, 310, 600]);
    expect(one.told.map(({ notice }) => notice.counts.finished)).toEqual([1, 20, 19]);
  });

  test("tells at once what is left when it ends", async () => {
    const one = office();
    tellAll(one, begin);
    tellAll(one, jobReports({ name: "photo", end: "finished" }));
    await one.close();
    expect(one.told).toHaveLength(1);
  });

  test("a message is about its burst, and not about what nobody asked for before", async () => {
    const one = office({ on: ["failed"] });
    tellAll(one, begin);
    for (let index = 0; index < 500; index++)
      tellAll(one, jobReports({ name: `photo-${index}`, end: "finished" }));
    tellAll(one, jobReports({ name: "bad", end: "failed" }));
    await one.close();
    expect(one.told.map(({ notice }) => notice.title)).toEqual(["promo: 1 failed"]);
  });

  test("a job that waits for room is told once, however often it is tried", async () => {
    const one = office({ on: ["budget", "finished"] });
    tellAll(one, begin);
    for (let tries = 0; tries < 10; tries++) {
      tellAll(one, jobReports({ name: "photo", end: "budget" }));
      await pass(one, 600_000);
    }
    tellAll(one, jobReports({ name: "photo", end: "finished" }));
    await one.close();
    expect(one.told.map(({ notice }) => notice.on)).toEqual([["budget"], ["finished"]]);
  });
});

describe("a receiver that cannot be reached", () => {
  test("is said once, until it works again", async () => {
    const answers = ["no", "no", undefined, "no", "no"];
    const one = office({ jobByJob: true, delivery: () => Promise.resolve(answers.shift()) });
    tellAll(one, runOf(endings(5)));
    await one.close();
    expect(one.said).toEqual([
      "slack at hooks.test was not told: no",
      "slack at hooks.test was not told: no",
    ]);
  });

  test("costs the end of a run no more than its patience", async () => {
    const one = office({
      delivery: (signal, clock) =>
        clock.sleep(3_600_000, signal).then(
          () => undefined,
          () => "there was no time left",
        ),
    });
    tellAll(one, runOf(endings(1)));
    const startMs = one.clock.now();
    await one.close();
    expect(one.clock.now() - startMs).toBe(30_000);
    expect(one.said).toEqual(["slack at hooks.test was not told: there was no time left"]);
  });

  test("costs Ctrl-C five seconds, before and during the wait", async () => {
    for (const afterMs of [0, 7_000]) {
      const one = office({
        delivery: (signal, clock) =>
          clock.sleep(3_600_000, signal).then(
            () => undefined,
            () => "no time",
          ),
      });
      tellAll(one, runOf(endings(1)));
      const startMs = one.clock.now();
      if (afterMs === 0) one.hurry.abort();
      else one.clock.at(afterMs, () => one.hurry.abort());
      await one.close();
      expect(one.clock.now() - startMs).toBe(afterMs + 5_000);
    }
  });

  test("never holds more than 200 messages, and says how many were lost", async () => {
    const one = office({
      jobByJob: true,
      delivery: (signal, clock) =>
        clock.sleep(3_600_000, signal).then(
          () => undefined,
          () => "no time",
        ),
    });
    tellAll(one, runOf(endings(300)));
    await one.close();
    expect(one.said).toEqual([
      "slack at hooks.test was not told: no time",
      "299 more messages to slack were not sent",
    ]);
  });

  test("without an address is said, and nothing is sent", async () => {
    const one = office({ addressee: () => "its address does not begin with https://" });
    tellAll(one, runOf(endings(1)));
    await one.close();
    expect([one.told, one.said]).toEqual([
      [],
      ["slack was not told: its address does not begin with https://"],
    ]);
  });
});
