import type { Segment, Timeline, Track } from "./media.ts";

/** What a summary is made of, in the language of who reads it. */
export interface TimelineWords {
  readonly title: (tracks: number) => string;
  /** Of a timeline without tracks. */
  readonly nothing: string;
  /** Of a track without segments. */
  readonly empty: string;
  readonly labels: Readonly<Record<Track["kind"], string>>;
  /** For what has no name of its own. */
  readonly nameless: Readonly<Record<Track["kind"], string>>;
  /** Behind a label. */
  readonly colon: string;
  readonly more: (count: number) => string;
}

const english: TimelineWords = {
  title: (tracks) => `Timeline (${tracks === 1 ? "1 track" : `${tracks} tracks`}):`,
  nothing: "Timeline: empty",
  empty: "empty",
  labels: { video: "Video", audio: "BGM", text: "Title", other: "Track" },
  nameless: { video: "clip", audio: "music", text: "text", other: "item" },
  colon: ": ",
  more: (count) => `, and ${count} more`,
};
const shownSegments = 4;

/**
 * A timeline on one line, as the service's own summaries have it:
 * `Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)`
 */
export function timelineSummary(timeline: Timeline, words: TimelineWords = english): string {
  return summaryParts(timeline, words)
    .map(({ text }) => text)
    .join("");
}

/** A piece of a summary: words of ours, or a name from outside. */
export interface SummaryPart {
  readonly text: string;
  readonly isName: boolean;
}

/** The same in pieces, for whoever sets names apart. */
export function summaryParts({ tracks }: Timeline, words: TimelineWords = english): readonly SummaryPart[] {
  if (tracks.length === 0) return [ours(words.nothing)];
  return [
    ours(words.title(tracks.length)),
    ...tracks.flatMap((track, index) => [ours(` ${index + 1}. `), ...trackParts(track, words)]),
  ];
}

const ours = (text: string): SummaryPart => ({ text, isName: false });

function trackParts({ kind, segments }: Track, words: TimelineWords): SummaryPart[] {
  const label = `${words.labels[kind]}${words.colon}`;
  if (segments.length === 0) return [ours(label + words.empty)];
  const shown = segments
    .slice(0, shownSegments)
    .flatMap((segment, index) => segmentParts({ kind, words, isNext: index > 0 }, segment));
  const more = segments.length - shownSegments;
  return [ours(label), ...shown, ours(more > 0 ? words.more(more) : "")];
}

function segmentParts(
  { kind, words, isNext }: { kind: Track["kind"]; words: TimelineWords; isNext: boolean },
  segment: Segment,
): SummaryPart[] {
  const { startMs, durationMs, volume } = segment;
  const time = `${seconds(startMs)}-${seconds(startMs + durationMs)}s`;
  const loudness = kind === "audio" && volume !== undefined ? `, ${Math.round(volume * 100)}%` : "";
  return [
    ours(isNext ? ", " : ""),
    { text: nameOf(kind, segment, words), isName: true },
    ours(` (${time}${loudness})`),
  ];
}

function nameOf(kind: Track["kind"], { name, text }: Segment, { nameless }: TimelineWords): string {
  if (kind === "text") return text === undefined ? (name ?? nameless.text) : `"${text}"`;
  return name ?? text ?? nameless[kind];
}

/** Seconds with at most one decimal. */
const seconds = (ms: number): string => String(Math.round(ms / 100) / 10);
