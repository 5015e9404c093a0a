// What a watch does with files that were seen before, in the order in which things go wrong.
import { expect, it } from "vitest";
import { Failure } from "../../src/base/failure.ts";
import { inputLock } from "../../src/executor/input-lock.ts";
import { sha256 } from "../support/planned-job.ts";
import type { QuickService } from "./quick-service.ts";
import { timesPaid, watchStory, type WatchStory } from "./watch-story.ts";

async function twice(
  story: WatchStory,
  between: (story: WatchStory) => void,
  afterMs: number,
): Promise<void> {
  await story.run(async () => {
    story.tree.put("a.jpg", { text: "a" });
    const first = story.start();
    await story.clock.sleep(afterMs);
    await first.stop();
    between(story);
    const second = story.start();
    await story.clock.sleep(3_600_000);
    await second.stop();
  });
}

it.each<[string, (story: WatchStory) => void]>([
  ["nothing", () => undefined],
  ["a rename", ({ tree }) => tree.rename("a.jpg", "b/c.jpg")],
  ["a copy", ({ tree }) => tree.put("b.jpg", { text: "a" })],
  ["a touch", ({ tree }) => tree.put("a.jpg", { text: "a" })],
])("a restart and %s make no second video, whenever it comes", async (_name, between) => {
  for (const afterMs of [1_000, 2_100, 2_600, 10_000, 600_000]) {
    const story = watchStory();
    await twice(story, between, afterMs);
    expect(timesPaid(story, "a"), `after ${afterMs} ms`).toBe(1);
    const rows = await story.journal.findJobs("");
    expect(rows.map(({ status }) => status)).toEqual(["finished"]);
  }
});

it("two copies that lie there together make one video, and both are done with", async () => {
  const story = watchStory();
  await story.run(async () => {
    for (const name of ["a.jpg", "b.jpg", "sub/c.jpg"]) story.tree.put(name, { text: "a" });
    const { counts } = await story.start({ once: true }).ended;
    expect(counts.succeeded).toBe(1);
  });
  expect(timesPaid(story, "a")).toBe(1);
  expect(story.after.map(({ name, end, isVerified }) => `${name} ${end} ${isVerified}`).sort()).toEqual([
    "a.jpg delivered true",
    "b.jpg delivered true",
    "sub/c.jpg delivered true",
  ]);
});

it("a file that changes while it is sent makes one video, of what it is in the end", async () => {
  const story = watchStory();
  const { uploadFile } = story.service;
  let changes = 0;
  Object.assign(story.service, {
    uploadFile: async (...call: Parameters<typeof uploadFile>) => {
      if (changes++ === 0) story.tree.put("a.jpg", { text: "new" });
      return uploadFile(...call);
    },
  });
  await story.run(async () => {
    story.tree.put("a.jpg", { text: "old" });
    const running = story.start();
    await story.clock.sleep(1_800_000);
    await running.stop();
  });
  expect(timesPaid(story, "new")).toBe(1);
});

it.each([500, 30_000])("a drive that is away for %s ms when a file is to be sent", async (awayMs) => {
  const story = watchStory();
  const { openSession } = story.service;
  let opened = 0;
  Object.assign(story.service, {
    openSession: async (...call: Parameters<typeof openSession>) => {
      if (opened++ === 0) {
        story.tree.setThere(false);
        story.clock.at(awayMs, () => story.tree.setThere(true));
      }
      return openSession(...call);
    },
  });
  await story.run(async () => {
    story.tree.put("a.jpg", { text: "a" });
    const running = story.start();
    await story.clock.sleep(600_000);
    await running.stop();
  });
  expect(timesPaid(story, "a")).toBe(1);
});

it("what we delivered is never an input", async () => {
  const story = watchStory();
  await story.run(async () => {
    story.tree.put("a.jpg", { text: "a" });
    const running = story.start();
    await story.clock.sleep(600_000);
    const [{ jobId } = { jobId: "" }] = await story.journal.findJobs("");
    const placing = (await story.journal.read(jobId))
      .map(({ event }) => event)
      .find(({ type }) => type === "file-placing");
    const sha256 = placing?.type === "file-placing" ? placing.sha256 : "";
    const { read } = story.tree;
    Object.assign(story.tree, {
      read: async (path: string) => {
        const answer = await read(path);
        return "file" in answer ? { file: { ...answer.file, sha256 } } : answer;
      },
    });
    story.tree.put("delivered.mp4", { text: "a video" });
    await story.clock.sleep(600_000);
    await running.stop();
  });
  expect(story.service.accepted).toHaveLength(1);
  expect(story.told.map(({ type }) => type)).toContain("delivered-before");
});

it.each<[string, (service: QuickService, isGone: () => boolean) => Partial<QuickService>]>([
  [
    "given up by a person",
    ({ readDraft, accepted }, isGone) => ({
      readDraft: (...call) => (isGone() && accepted.length > 0 ? sessionGone() : readDraft(...call)),
    }),
  ],
  ["lost with its session", () => ({ startRender: sessionGone })],
])(
  "a file whose paid job was %s is told once, and neither tried for ever nor paid anew",
  async (_, change) => {
    const story = watchStory();
    const { journal, service, told, reports } = story;
    let isGone = true;
    Object.assign(
      service,
      change({ ...service }, () => isGone),
    );
    await story.run(async () => {
      story.tree.put("a.jpg", { text: "a" });
      const first = story.start();
      await story.clock.sleep(1_800_000);
      await first.stop();
      isGone = false;
      const [{ jobId } = { jobId: "" }] = await journal.findJobs("");
      const events = await journal.read(jobId);
      for (const { event } of events)
        if (event.type === "turn-unknown")
          await journal.append(
            jobId,
            { type: "turn-resolved", key: event.key, decision: "drop" },
            events.length,
          );
      told.length = reports.length = 0;
      const second = story.start();
      await story.clock.sleep(600_000);
      await second.stop();
    });
    expect(told.map(({ type }) => type)).toEqual(["lost"]);
    expect(reports.map(({ type }) => type)).toEqual(["run-started", "run-finished"]);
    expect(timesPaid(story, "a")).toBe(1);
  },
);

const burst = "name: clip\nwatch: { group: burst }\nprompts: a slideshow\nexport: { to: out/a.mp4 }";

it("a group that is stopped while it waits for one of its files leaves no job of the others behind", async () => {
  const story = watchStory({ recipe: burst });
  const { journal, tree } = story;
  await story.run(async () => {
    // The files are held in the order of their hashes.
    const [first = "", last = ""] = ["a", "b"].toSorted((left, right) =>
      sha256(left) < sha256(right) ? -1 : 1,
    );
    const elsewhere = await journal.lock(inputLock("clip", sha256(last)));
    for (const text of [first, last]) tree.put(`${text}.jpg`, { text });
    const running = story.start({ group: "burst" });
    await story.clock.sleep(300_000);
    expect(story.told.map(({ type }) => type)).toEqual(["elsewhere"]);
    await running.stop();
    await elsewhere?.release();
  });
  expect(await journal.findJobs("")).toEqual([]);
});

it("files that are held are let go where the next one cannot be", async () => {
  const story = watchStory({ recipe: burst });
  const { journal, tree } = story;
  const { lock } = journal;
  const held: string[] = [];
  Object.assign(journal, {
    lock: async (name: string) => {
      if (held.push(name) > 1) throw new Failure({ code: "journal-failed", message: "no", sent: "not-sent" });
      return lock(name);
    },
  });
  await story.run(async () => {
    for (const text of ["a", "b"]) tree.put(`${text}.jpg`, { text });
    const running = story.start({ group: "burst" });
    let end: unknown;
    running.ended.catch((error: unknown) => (end = error));
    await story.clock.sleep(600_000);
    expect(end).toMatchObject({ message: "no" });
  });
  expect(await lock(held[0] ?? "")).toBeDefined();
});

it("an account without credits is told once, however often it is tried, and so is that it has some again", async () => {
  const story = watchStory();
  const { runTurn } = story.service;
  const toppedUpMs = story.clock.now() + 7_200_000;
  Object.assign(story.service, {
    runTurn: (...call: Parameters<typeof runTurn>) =>
      story.clock.now() < toppedUpMs
        ? Promise.reject(new Failure({ code: "no-credits", message: "no credits", sent: "rejected" }))
        : runTurn(...call),
  });
  await story.run(async () => {
    story.tree.put("a.jpg", { text: "a" });
    const running = story.start();
    await story.clock.sleep(10_000_000);
    await running.stop();
  });
  expect(story.told.map(({ type }) => type)).toEqual(["waiting-for-room", "room-again"]);
  expect(timesPaid(story, "a")).toBe(1);
});

function sessionGone(): Promise<never> {
  return Promise.reject(new Failure({ code: "session-lost", message: "gone", sent: "rejected" }));
}
