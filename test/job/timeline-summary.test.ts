import { expect, it } from "vitest";
import type { Segment, Timeline, Track } from "../../src/job/media.ts";
import { timelineSummary } from "../../src/job/timeline-summary.ts";

const track = (kind: Track["kind"], ...segments: Segment[]): Track => ({ kind, segments });
const part = (startMs: number, durationMs: number, more: Partial<Segment> = {}): Segment => ({
  startMs,
  durationMs,
  ...more,
});
const timeline = (...tracks: Track[]): Timeline => ({ durationMs: 10_000, tracks });

it.each<[string, Timeline]>([
  [
    'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)',
    timeline(
      track("video", part(0, 10_000, { name: "city timelapse" })),
      track("audio", part(0, 10_000, { name: "Lo-fi", volume: 0.35 })),
      track("text", part(0, 3000, { text: "Urban Dreams" })),
    ),
  ],
  ["Timeline: empty", timeline()],
  ["Timeline (1 track): 1. Track: item (0-1s)", timeline(track("other", part(0, 1000)))],
  ["Timeline (1 track): 1. Video: empty", timeline(track("video"))],
  [
    "Timeline (1 track): 1. Video: clip (0-2.5s), beach (2.5-5s)",
    timeline(track("video", part(0, 2500), part(2500, 2500, { name: "beach" }))),
  ],
  [
    "Timeline (1 track): 1. Video: clip (0-1s), clip (1-2s), clip (2-3s), clip (3-4s), and 2 more",
    timeline(track("video", ...Array.from({ length: 6 }, (_, index) => part(index * 1000, 1000)))),
  ],
  ["Timeline (1 track): 1. Title: text (0-1s)", timeline(track("text", part(0, 1000)))],
  ["Timeline (1 track): 1. BGM: music (0-1s, 0%)", timeline(track("audio", part(0, 1000, { volume: 0 })))],
])("%s", (expected, shown) => {
  expect(timelineSummary(shown)).toBe(expected);
});
