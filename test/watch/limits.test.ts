import { expect, it } from "vitest";
import type { FolderTree } from "../../src/files/folder-tree.ts";
import type { MemoryTree } from "./memory-tree.ts";
import { watchStory } from "./watch-story.ts";

it.each(["ENOSPC", "EMFILE"])(
  "falls back to looking, loudly, where the system watches no more: %s",
  async (code) => {
    const story = watchStory({ hintsOf: () => 0 });
    story.tree.limit(code);
    await story.run(async () => {
      const running = story.start();
      await story.clock.sleep(1_000);
      story.tree.put("a.jpg", { text: "a" });
      await story.clock.sleep(12_000);
      expect(story.service.accepted).toHaveLength(1);
      await running.stop();
    });
    expect(story.said).toEqual([
      expect.stringContaining(`(${code}): looking every 5 seconds instead. Raise the limit`),
    ]);
  },
);

it("says where nobody may look instead, and still looks every few minutes", async () => {
  const story = watchStory({ hintsOf: () => 0 });
  story.tree.limit("ENOSPC");
  await story.run(async () => {
    const running = story.start({ mayPoll: false });
    await story.clock.sleep(1_000);
    story.tree.put("a.jpg", { text: "a" });
    await story.clock.sleep(300_000);
    expect(story.service.accepted).toHaveLength(1);
    await running.stop();
  });
  expect(story.said).toEqual([expect.stringContaining("poll is never")]);
});

it("names a file that the system does not let it read, and takes the others", async () => {
  const story = watchStory();
  const { tree } = story;
  const { completeness, read } = tree;
  const isLocked = (at: string): boolean => at.endsWith("locked.jpg");
  Object.assign(tree, {
    completeness: async (at: string) => (isLocked(at) ? "unreadable" : completeness(at)),
    read: async (at: string) =>
      isLocked(at) ? { refused: "locked.jpg cannot be read", isChanging: false } : read(at),
  });
  for (const name of ["locked.jpg", "open.jpg"]) tree.put(name, { text: name });
  await story.run(async () => {
    const running = story.start();
    await story.clock.sleep(60_000);
    await running.stop();
  });
  expect(story.said).toEqual(["left out: locked.jpg cannot be read"]);
  expect(story.service.accepted).toHaveLength(1);
});

it("skips what was there at the start, and takes it when it changes", async () => {
  const story = watchStory();
  story.tree.put("old.jpg", { text: "old" });
  await story.run(async () => {
    const running = story.start({ existing: "skip" });
    await story.clock.sleep(600_000);
    expect(story.service.accepted).toHaveLength(0);
    story.tree.put("old.jpg", { text: "old, but other bytes" });
    await story.clock.sleep(60_000);
    expect(story.service.accepted).toHaveLength(1);
    await running.stop();
  });
});

it.each<[string, (tree: MemoryTree) => Partial<FolderTree>, RegExp]>([
  [
    "may not be listed",
    () => ({ list: async () => Promise.reject(Object.assign(new Error("no"), { code: "EACCES" })) }),
    /cannot be read \(EACCES\)/,
  ],
  [
    "may not be looked into",
    () => ({ facts: async (_folder, names) => names.map(() => "unreadable") }),
    /may be listed, and not looked into/,
  ],
  [
    "goes away with its drive in the middle of a look",
    (tree) => ({ list: async () => (tree.setThere(false), { files: [], folders: [] }) }),
    /is gone: the watch pauses/,
  ],
])("what was skipped stays so where its folder %s for a while", async (_, changeOf, says) => {
  const story = watchStory();
  const { tree } = story;
  const asItWas = { list: tree.list, facts: tree.facts };
  tree.put("sub/old.jpg", { text: "old" });
  await story.run(async () => {
    const running = story.start({ existing: "skip" });
    await story.clock.sleep(300_000);
    Object.assign(tree, changeOf(tree));
    await story.clock.sleep(600_000);
    Object.assign(tree, asItWas).setThere(true);
    await story.clock.sleep(600_000);
    expect(story.service.accepted).toHaveLength(0);
    tree.put("sub/new.jpg", { text: "new" });
    await story.clock.sleep(60_000);
    expect(story.service.accepted).toHaveLength(1);
    await running.stop();
  });
  expect(story.said.join("\n")).toMatch(says);
});

it("stands still while nothing happens: one look every few minutes", async () => {
  const story = watchStory();
  for (let number = 0; number < 50; number++) story.tree.put(`f${number}/a.jpg`, { text: "a" });
  await story.run(async () => {
    const running = story.start();
    await story.clock.sleep(600_000);
    const before = story.tree.lists.count;
    await story.clock.sleep(3_600_000);
    expect(story.tree.lists.count - before).toBeLessThanOrEqual(16 * 51);
    await running.stop();
  });
});

it("a burst is one group when it has been quiet, with what comes late in the next", async () => {
  const recipe =
    'name: clip\nwatch: { folder: inbox, group: burst }\nprompts: a slideshow\nexport: { to: "out/${{ job.name }}.mp4" }';
  const story = watchStory({ recipe });
  await story.run(async () => {
    const running = story.start({ group: "burst" });
    await story.clock.sleep(1_000);
    for (const name of ["2", "10", "1"]) story.tree.put(`${name}.jpg`, { text: name });
    await story.clock.sleep(50_000);
    story.tree.put("3.jpg", { text: "3" });
    await story.clock.sleep(50_000);
    expect(story.service.accepted).toHaveLength(0);
    await story.clock.sleep(15_000);
    expect(story.service.accepted).toHaveLength(1);
    await running.stop();
  });
  const planned = story.reports.find(({ type }) => type === "job-started");
  const uploads =
    planned?.type === "job-started" ? planned.plan.steps.filter(({ kind }) => kind === "upload") : [];
  expect(uploads).toHaveLength(4);
});
