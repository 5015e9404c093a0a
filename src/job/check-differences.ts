import { formatDuration } from "../base/duration.ts";
import { formatRange, isInRange, type Range } from "../base/range.ts";
import type { FixedCheck } from "../plan/planned-job.ts";
import type { FileFacts, Timeline, Track } from "./media.ts";

/** A single duration is met within this much: renderers round to frames. */
const durationSlackMs = 250;
/** An aspect is met within one part in this many: 1080 × 1921 is still 9:16. */
const aspectTolerance = 0.01;

/** How a draft differs from a check, each difference as a sentence; empty where it is met. */
export function draftDifferences(check: FixedCheck, timeline: Timeline): string[] {
  const count = (kind: Track["kind"]): number =>
    timeline.tracks.filter((track) => track.kind === kind && track.segments.length > 0).length;
  return [
    ...durationDifference(check.duration, timeline.durationMs),
    ...sizeDifferences(check, timeline),
    ...countDifference("video tracks", check.tracks?.video, count("video")),
    ...countDifference("audio tracks", check.tracks?.audio, count("audio")),
    ...countDifference("text tracks", check.tracks?.text, count("text")),
    ...titleDifference(check.title, timeline),
  ];
}

/** How a delivered file differs from a check, as far as the file shows it. */
export function fileDifferences(check: FixedCheck, facts: FileFacts): string[] {
  return [
    ...durationDifference(check.duration, facts.durationMs),
    ...sizeDifferences(check, facts),
    ...countDifference("video tracks in the file", atLeastOne(check.tracks?.video), facts.videoTracks),
    ...countDifference("audio tracks in the file", atLeastOne(check.tracks?.audio), facts.audioTracks),
    ...(check.format !== undefined && !isSameFamily(check.format, facts.format)
      ? [`the file is ${facts.format}, expected ${check.format}`]
      : []),
  ];
}

/** A render mixes all tracks of a kind into one: the file can only show whether there is any. */
function atLeastOne(range: Range | undefined): Range | undefined {
  if (range === undefined) return undefined;
  if ((range.min ?? 0) >= 1) return { min: 1 };
  return range.max === 0 ? { max: 0 } : undefined;
}

/** mp4 and mov are one family. */
function isSameFamily(left: string, right: string): boolean {
  const family = (format: string): string => (format === "mov" ? "mp4" : format);
  return family(left) === family(right);
}

function durationDifference(expected: Range | undefined, durationMs: number | undefined): string[] {
  if (expected === undefined || durationMs === undefined) return [];
  const slack = expected.min === expected.max ? durationSlackMs : 0;
  if (isInRange(durationMs, expected, slack)) return [];
  return [`the duration is ${seconds(durationMs)}, expected ${formatRange(expected, formatDuration)}`];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2).replace(/\.?0+$/, "")}s`;
}

function sizeDifferences(
  check: FixedCheck,
  { width, height }: { readonly width?: number; readonly height?: number },
): string[] {
  return [
    ...countDifference("width", check.width, width),
    ...countDifference("height", check.height, height),
    ...aspectDifference(check.aspect, width, height),
  ];
}

function aspectDifference(
  expected: string | undefined,
  width: number | undefined,
  height: number | undefined,
): string[] {
  if (expected === undefined || width === undefined || height === undefined || height === 0) return [];
  const [across = NaN, down = NaN] = expected.split(":").map(Number);
  const wanted = across / down;
  if (Math.abs(width / height - wanted) <= wanted * aspectTolerance) return [];
  return [`the picture is ${width}×${height}, expected ${expected}`];
}

function countDifference(what: string, expected: Range | undefined, found: number | undefined): string[] {
  if (expected === undefined || found === undefined || isInRange(found, expected)) return [];
  return [`${what}: ${found}, expected ${formatRange(expected)}`];
}

function titleDifference(expected: string | undefined, timeline: Timeline): string[] {
  if (expected === undefined) return [];
  const texts = timeline.tracks.flatMap((track) =>
    track.kind === "text" ? track.segments.map((part) => part.text) : [],
  );
  const titles = [timeline.title, ...texts].filter((text) => text !== undefined);
  if (titles.some((title) => title.includes(expected))) return [];
  return [`no title contains "${expected}"`];
}
