import { summaryParts, timelineSummary } from "../../job/timeline-summary.ts";
import type { Segment, Timeline, Track } from "../../job/media.ts";
import { html, type Html } from "./markup.ts";

const laneNames: Readonly<Record<Track["kind"], string>> = {
  video: "Video",
  audio: "Sound",
  text: "Text",
  other: "Other",
};
const most = { tracks: 16, segments: 80, ticks: 6 };
const stepsMs = [100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000];
const barHeight = 30;
/** A share of the whole. */
const leastRoom = 0.06;

/**
 * A timeline drawn to scale: a lane for each track, time from left to right. Places are shares of the width, so that
 * it fits a phone and a wall without a script. Undefined where it has no length.
 */
export function timelineFigure(timeline: Timeline): Html | undefined {
  const wholeMs = lengthMs(timeline);
  if (wholeMs === 0) return undefined;
  const tracks = timeline.tracks.slice(0, most.tracks);
  const more = timeline.tracks.length - tracks.length;
  return html`<figure class="timeline">
    <div class="lanes" aria-hidden="true">${tracks.map((track) => lane(track, wholeMs))}${axis(wholeMs)}</div>
    <figcaption>${summary(timeline)}${more > 0 && ` (${more} more tracks are not drawn)`}</figcaption>
  </figure> `;
}

/** A name that is written from right to left must not turn the times beside it around. */
function summary(timeline: Timeline): readonly Html[] {
  return summaryParts(timeline).map(({ text, isName }) =>
    isName ? html`<bdi>${text}</bdi>` : html`${text}`,
  );
}

/** The service's figures are only believed as far as they are numbers. */
function lengthMs({ durationMs, tracks }: Timeline): number {
  const ends = tracks.flatMap(({ segments }) => segments.slice(0, most.segments).map(endMs));
  return Math.max(...[durationMs, ...ends].map(sound));
}

const sound = (ms: number): number => (Number.isFinite(ms) && ms > 0 ? ms : 0);
const endMs = ({ startMs, durationMs }: Segment): number => sound(startMs) + sound(durationMs);

function lane({ kind, segments }: Track, wholeMs: number): Html {
  const drawn = segments.slice(0, most.segments);
  const labels = drawn.flatMap((segment) => {
    const room = roomMs(segment, drawn, wholeMs);
    // Below that not even dots fit on a phone.
    return room < wholeMs * leastRoom ? [] : [label(kind, segment, { wholeMs, roomMs: room })];
  });
  return html`<span class="lane-name">${laneNames[kind]}</span
    ><svg class="lane ${kind}" width="100%" height="${barHeight}">
      ${ticks(wholeMs).map((atMs) => gridLine(atMs, wholeMs))}${drawn.map((segment) => bar(kind, segment, wholeMs))}${labels}
    </svg> `;
}

function bar(kind: Track["kind"], segment: Segment, wholeMs: number): Html {
  const x = share(sound(segment.startMs), wholeMs);
  const width = share(sound(segment.durationMs), wholeMs);
  const level = kind === "audio" ? loudness(segment) : 1;
  const height = Math.round((barHeight - 4) * level);
  return html`<svg x="${x}" width="${width}" height="${barHeight}">
    ${tooltip(kind, segment)}
    <rect class="bar" x="1" y="2" width="100%" height="${barHeight - 4}" rx="4" />
    ${level < 1 && html`<rect class="level" x="1" y="${barHeight - 2 - height}" width="100%" height="${height}" rx="4" />`}
  </svg>`;
}

/** A short bar's label reaches into what is empty behind it. */
function roomMs(segment: Segment, lane: readonly Segment[], wholeMs: number): number {
  const startMs = Math.min(sound(segment.startMs), wholeMs);
  const later = lane.filter((other) => other !== segment && sound(other.startMs) >= startMs);
  const isCovered = lane.some((other) => other !== segment && reaches(other, segment));
  const nextMs = Math.min(wholeMs, ...later.map((other) => sound(other.startMs)));
  return isCovered ? sound(segment.durationMs) : nextMs - startMs;
}

/** True where another segment lies over the end of this one. */
function reaches(other: Segment, segment: Segment): boolean {
  return sound(other.startMs) <= sound(segment.startMs) && endMs(other) > endMs(segment);
}

/** What does not fit ends in dots: the whole stands in the summary, and in the bar's tooltip. */
function label(
  kind: Track["kind"],
  segment: Segment,
  { wholeMs, roomMs }: { readonly wholeMs: number; readonly roomMs: number },
): Html {
  return html`<foreignobject
    x="${share(sound(segment.startMs), wholeMs)}"
    y="2"
    width="${share(roomMs, wholeMs)}"
    height="${barHeight - 4}"
    ><div class="label" dir="auto">${labelOf(kind, segment)}</div></foreignobject
  >`;
}

/** Name and times as the summary has them. */
function tooltip(kind: Track["kind"], segment: Segment): Html {
  const { durationMs } = segment;
  const summary = timelineSummary({ durationMs, tracks: [{ kind, segments: [segment] }] });
  return html`<title>${summary.replace(/^.*?: 1\. /, "")}</title>`;
}

function loudness({ volume }: Segment): number {
  return volume === undefined || !Number.isFinite(volume) ? 1 : Math.min(1, Math.max(0, volume));
}

function labelOf(kind: Track["kind"], { name, text, volume }: Segment): string {
  if (kind === "text") return text === undefined ? (name ?? "text") : `“${text}”`;
  const loud = kind === "audio" && volume !== undefined ? ` ${Math.round(volume * 100)}%` : "";
  return `${name ?? text ?? (kind === "audio" ? "music" : "clip")}${loud}`;
}

function axis(wholeMs: number): Html {
  const labels = ticks(wholeMs).map((atMs) => {
    const anchor = atMs === 0 ? "start" : atMs > wholeMs * 0.94 ? "end" : "middle";
    return html`<text x="${share(atMs, wholeMs)}" y="14" text-anchor="${anchor}">${clockText(atMs)}</text>`;
  });
  return html`<span class="lane-name"></span><svg class="axis" width="100%" height="18">${labels}</svg>`;
}

function gridLine(atMs: number, wholeMs: number): Html {
  const x = share(atMs, wholeMs);
  return html`<line class="grid" x1="${x}" x2="${x}" y1="0" y2="${barHeight}" />`;
}

function ticks(wholeMs: number): number[] {
  const stepMs =
    stepsMs.find((step) => wholeMs / step <= most.ticks) ??
    Math.ceil(wholeMs / most.ticks / 600_000) * 600_000;
  return Array.from({ length: Math.floor(wholeMs / stepMs) + 1 }, (_, index) => index * stepMs);
}

/** `0`, `7.5 s`, `1:30` */
function clockText(ms: number): string {
  if (ms === 0) return "0";
  if (ms < 60_000) return `${Math.round(ms / 100) / 10} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

const share = (ms: number, wholeMs: number): string =>
  `${Number(((Math.min(ms, wholeMs) / wholeMs) * 100).toFixed(3))}%`;
