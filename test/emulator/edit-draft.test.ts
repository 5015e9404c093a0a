import { expect, it } from "vitest";
import type { Draft } from "../../src/emulator/draft.ts";
import { editDraft } from "../../src/emulator/prompt/edit-draft.ts";
import { readPrompt } from "../../src/emulator/prompt/prompt-rules.ts";

const look = { transitions: true, zoom: true, warmth: 0, brightness: 0, speed: 1 };

function photos(): Draft {
  const shot = (name: string, s: number): Draft["t"][0]["sg"][0] => ({
    s,
    d: 5000,
    m: { name, kind: "still" },
  });
  return {
    t: [
      { tt: 0, sg: [shot("cat", 0), shot("dog", 5000), shot("cow", 10_000)] },
      { tt: 1, sg: [{ s: 0, d: 15_000, m: { name: "Lo-fi", volume: 0.35 } }] },
      { tt: 7, sg: [{ s: 0, d: 3000, m: { name: "Title", text: "Old" } }] },
    ],
    d: 15_000,
    m: { title: "Old", width: 1920, height: 1080, look },
  };
}

const after = (prompt: string): Draft => editDraft(photos(), readPrompt(prompt)).draft;
const names = (draft: Draft): string[] => draft.t[0]!.sg.map(({ m }) => m.name);
const track = (draft: Draft, tt: number): Draft["t"][0]["sg"] =>
  draft.t.find((track) => track.tt === tt)?.sg ?? [];

it("trims to the millisecond and keeps the shots' shares", () => {
  const draft = after("make it 10 seconds");
  expect(draft.d).toBe(10_000);
  expect(track(draft, 0).map(({ s, d }) => [s, d])).toEqual([
    [0, 3333],
    [3333, 3333],
    [6666, 3334],
  ]);
  expect(track(draft, 1)[0]!.d).toBe(10_000);
});

it("never lets a title outlast the video", () => {
  expect(track(after("make it 2 seconds"), 7)[0]!.d).toBe(2000);
});

it.each([
  ["reverse the order", ["cow", "dog", "cat"]],
  ["put the last photo first", ["cow", "cat", "dog"]],
  ["put the dog photo first", ["dog", "cat", "cow"]],
  ["move cat to the end", ["dog", "cow", "cat"]],
])("%s", (prompt, order) => {
  const draft = after(prompt);
  expect(names(draft)).toEqual(order);
  expect(track(draft, 0).map(({ s }) => s)).toEqual([0, 5000, 10_000]);
});

it("shuffles to another order that is always the same", () => {
  expect(names(after("shuffle"))).toEqual(names(after("shuffle")));
  expect(names(after("shuffle")).toSorted()).toEqual(["cat", "cow", "dog"]);
});

it("takes tracks out and puts them back", () => {
  expect(after("remove the music").t.map(({ tt }) => tt)).toEqual([0, 7]);
  expect(after("remove the title").t.map(({ tt }) => tt)).toEqual([0, 1]);
  const quiet = editDraft(photos(), readPrompt("remove the music")).draft;
  expect(
    editDraft(quiet, readPrompt("add cinematic music at 60% volume")).draft.t[1]!.sg[0]!.m,
  ).toMatchObject({ name: "Cinematic", volume: 0.6 });
});

it("shortens what is played faster, and remembers the speed", () => {
  const draft = after("2x faster");
  expect([draft.d, draft.m.look.speed]).toEqual([7500, 2]);
});

it("says what it changed, and nothing for what was so already", () => {
  expect(editDraft(photos(), readPrompt("make it 16:9, 15 seconds, with music")).changed).toEqual([]);
  expect(editDraft(photos(), readPrompt("make it 9:16 and warmer")).changed).toEqual(["aspect", "warmth"]);
});

it("keeps colours within their limits", () => {
  let draft = photos();
  for (let step = 0; step < 6; step += 1) draft = editDraft(draft, readPrompt("warmer")).draft;
  expect(draft.m.look.warmth).toBe(3);
});

it("leaves the draft it was given as it was", () => {
  const draft = photos();
  editDraft(draft, readPrompt('reverse, 2x faster, no zoom, title "New"'));
  expect(draft).toEqual(photos());
});
