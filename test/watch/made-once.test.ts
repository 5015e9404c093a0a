// What a watch does with files that were seen before, in the order in which things go wrong.
import { expect, it } from "vitest";
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
