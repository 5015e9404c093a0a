import type { Segment, Timeline, Track } from "./media.ts";

const labels: Record<Track["kind"], string> = { video: "Video", audio: "BGM", text: "Title", other: "Track" };
const nameless: Record<Track["kind"], string> = {
  video: "clip",
  audio: "music",
  text: "text",
  other: "item",
};
const shownSegments = 4;

/**
 * A timeline on one line, as the service's own summaries have it:
 * `Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)`
 */
export function timelineSummary(timeline: Timeline): string {
  return summaryParts(timeline)
    .map(({ text }) => text)
    .join("");
}

/** A piece of a summary: words of ours, or a name from outside. */
export interface SummaryPart {
  readonly text: string;
  readonly isName: boolean;
}

/** The same in pieces, for whoever sets names apart. */
export function summaryParts({ tracks }: Timeline): readonly SummaryPart[] {
  if (tracks.length === 0) return [ours("Timeline: empty")];
  const count = tracks.length === 1 ? "1 track" : `${tracks.length} tracks`;
  return [
    ours(`Timeline (${count}):`),
    ...tracks.flatMap((track, index) => [ours(` ${index + 1}. `), ...trackParts(track)]),
  ];
}

const ours = (text: string): SummaryPart => ({ text, isName: false });

function trackParts({ kind, segments }: Track): SummaryPart[] {
  if (segments.length === 0) return [ours(`${labels[kind]}: empty`)];
  const shown = segments
    .slice(0, shownSegments)
    .flatMap((segment, index) => segmentParts(kind, segment, index > 0));
  const more = segments.length - shownSegments;
  return [ours(`${labels[kind]}: `), ...shown, ours(more > 0 ? `, and ${more} more` : "")];
}

function segmentParts(kind: Track["kind"], segment: Segment, isNext: boolean): SummaryPart[] {
  const { startMs, durationMs, volume } = segment;
  const time = `${seconds(startMs)}-${seconds(startMs + durationMs)}s`;
  const loudness = kind === "audio" && volume !== undefined ? `, ${Math.round(volume * 100)}%` : "";
  return [
    ours(isNext ? ", " : ""),
    { text: nameOf(kind, segment), isName: true },
    ours(` (${time}${loudness})`),
  ];
}

function nameOf(kind: Track["kind"], { name, text }: Segment): string {
  if (kind === "text") return text === undefined ? (name ?? nameless.text) : `"${text}"`;
  return name ?? text ?? nameless[kind];
}

/** Seconds with at most one decimal. */
const seconds = (ms: number): string => String(Math.round(ms / 100) / 10);
