import { describe, expect, it } from "vitest";
import { collectTexts } from "../../../src/nemo/stream/collect-texts.ts";
import type { StreamEvent } from "../../../src/nemo/stream/stream-event.ts";

const whole = (text: string, speaker = "a"): StreamEvent => ({ type: "text", text, partial: false, speaker });
const piece = (text: string, speaker = "a"): StreamEvent => ({ type: "text", text, partial: true, speaker });
const called: StreamEvent = { type: "tool-called" };
const answered: StreamEvent = { type: "tool-answered" };
const issue = "I encountered a temporary issue. Please try again.";

function said(events: readonly StreamEvent[]): readonly string[] {
  const heard: string[] = [];
  const collector = collectTexts((text) => heard.push(text));
  for (const event of events) collector.take(event);
  const texts = collector.close();
  expect(heard).toEqual(texts);
  return texts;
}

describe("collectTexts", () => {
  it.each<[string, StreamEvent[], string[]]>([
    ["one text", [whole("Hi.")], ["Hi."]],
    ["pieces and the whole", [piece("He"), piece("llo"), whole("Hello.")], ["Hello."]],
    ["pieces whose whole never comes", [piece("He"), piece("llo")], ["Hello"]],
    ["two texts in pieces", [piece("a"), whole("ab"), piece("c"), whole("cd")], ["ab", "cd"]],
    [
      "two speakers at once",
      [piece("a", "x"), piece("b", "y"), whole("A", "x"), whole("B", "y")],
      ["A", "B"],
    ],
    ["a whole of one, pieces of another", [piece("a", "x"), whole("B", "y")], ["B", "a"]],
    ["a tool between pieces and whole", [piece("a"), called, whole("ab")], ["ab"]],
    ["a tool's answer ends a text", [piece("ab"), called, answered, piece("cd")], ["ab", "cd"]],
    ["the whole after the answer", [piece("ab"), called, answered, whole("ab"), whole("cd")], ["ab", "cd"]],
    ["the same text twice, meant", [whole("Done."), whole("Done.")], ["Done.", "Done."]],
    ["an issue after output", [whole("Done."), whole(issue)], ["Done."]],
    ["an issue after work", [called, answered, whole(issue)], []],
    ["an issue alone", [whole(issue)], [issue]],
    ["an issue in the middle", [whole(issue), whole("Done.")], [issue, "Done."]],
    ["an issue in pieces", [whole("Done."), piece("I encountered a temp"), piece("orary issue")], ["Done."]],
    ["what is for a screen only", [whole("Click Export to save."), whole("Done.")], ["Done."]],
    ["control characters", [whole("a\u001B[2Jb")], ["ab"]],
    ["tools and heartbeats", [called, answered, { type: "heartbeat" }], []],
  ])("%s", (_, events, expected) => {
    expect(said(events)).toEqual(expected);
  });

  it("keeps no more than a megabyte, however long it goes on", () => {
    const long = "word ".repeat(20_000);
    const texts = said(Array.from({ length: 30 }, () => whole(long)));
    const total = texts.reduce((sum, text) => sum + text.length, 0);
    expect(total).toBeGreaterThan(1_000_000);
    expect(total).toBeLessThanOrEqual(1024 * 1024);
  });
});
