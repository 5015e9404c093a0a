import { expect, it } from "vitest";
import { proven } from "../support/proven.ts";
import type { TreeFile } from "./memory-tree.ts";
import { timesPaid, watchStory, type WatchStory } from "./watch-story.ts";

const copies = 500;
const ways = ["slow", "stalled", "reserved", "rewritten", "held open"] as const;

/** Writes one photo as a copying program might; says what it holds in the end. */
async function copy(
  { tree, clock, random }: WatchStory,
  way: (typeof ways)[number],
  number: number,
): Promise<string> {
  const name = `${number}.jpg`;
  const text = `photo ${number} `.padEnd(40, "x");
  const pause = way === "stalled" ? [10_000, 100_000] : [100, 1_900];
  if (way === "rewritten") {
    tree.put(name, { text: `old ${text}`, sizeBytes: text.length });
    await clock.sleep(random.between(0, 1_900));
  }
  const isOpen = way === "held open";
  for (let part = 5; part < text.length; part += 10) {
    const more = way === "reserved" || way === "rewritten" ? { sizeBytes: text.length } : {};
    tree.put(name, { text: text.slice(0, part), isWhole: isOpen, isOpen, ...more });
    await clock.sleep(random.between(pause[0] ?? 0, isOpen ? 30_000 : (pause[1] ?? 0)));
  }
  tree.put(name, { text });
  return text;
}

it(`W2: ${copies} copies that are slow, stall, reserve their space or write again are sent whole`, async () => {
  let sent = 0;
  for (let seed = 1; seed <= copies / 10; seed++) {
    const story = watchStory({ seed, canTellWriters: true });
    const texts = await story.run(async () => {
      const running = story.start({ concurrency: 4 });
      const all = await Promise.all(
        Array.from({ length: 10 }, (_, number) => copy(story, story.random.pick(ways), number)),
      );
      for (let waits = 0; waits < 60 && all.some((text) => timesPaid(story, text) === 0); waits++)
        await story.clock.sleep(60_000);
      await running.stop();
      return all;
    });
    const wrong = story.uploaded.filter(
      (file): file is TreeFile => file?.isWhole === false || file?.isOpen === true,
    );
    expect(wrong, `seed ${seed}`).toEqual([]);
    expect(
      texts.map((text) => timesPaid(story, text)),
      `seed ${seed}`,
    ).toEqual(texts.map(() => 1));
    expect(story.service.accepted.length, `seed ${seed}`).toBe(texts.length);
    sent += texts.length;
  }
  proven("W2", `${sent} unfinished copies, 0 sent before their end`, `1–${copies / 10}`);
});

it("a file whose structure cannot tell its end settles three times as long", async () => {
  const story = watchStory();
  const tree = { ...story.tree, completeness: async () => "unknown" as const };
  Object.assign(story.tree, { completeness: tree.completeness });
  await story.run(async () => {
    const running = story.start();
    await story.clock.sleep(1_000);
    const droppedMs = story.clock.now();
    story.tree.put("song.mp3", { text: "la" });
    await story.clock.sleep(60_000);
    expect((story.service.accepted[0]?.atMs ?? 0) - droppedMs).toBeGreaterThanOrEqual(6_000);
    expect((story.service.accepted[0]?.atMs ?? 0) - droppedMs).toBeLessThan(7_000);
    await running.stop();
  });
});
