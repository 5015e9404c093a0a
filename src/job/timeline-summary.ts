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
  const { tracks } = timeline;
  if (tracks.length === 0) return "Timeline: empty";
  const count = tracks.length === 1 ? "1 track" : `${tracks.length} tracks`;
  return `Timeline (${count}): ${tracks.map((track, index) => `${index + 1}. ${trackSummary(track)}`).join(" ")}`;
}

function trackSummary({ kind, segments }: Track): string {
  if (segments.length === 0) return `${labels[kind]}: empty`;
  const shown = segments.slice(0, shownSegments).map((segment) => segmentSummary(kind, segment));
  const more = segments.length - shown.length;
  return `${labels[kind]}: ${shown.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
}

function segmentSummary(kind: Track["kind"], segment: Segment): string {
  const { startMs, durationMs, volume } = segment;
  const time = `${seconds(startMs)}-${seconds(startMs + durationMs)}s`;
  const loudness = kind === "audio" && volume !== undefined ? `, ${Math.round(volume * 100)}%` : "";
  return `${nameOf(kind, segment)} (${time}${loudness})`;
}

function nameOf(kind: Track["kind"], { name, text }: Segment): string {
  if (kind === "text") return text === undefined ? (name ?? nameless.text) : `"${text}"`;
  return name ?? text ?? nameless[kind];
}

/** Seconds with at most one decimal. */
const seconds = (ms: number): string => String(Math.round(ms / 100) / 10);
