/** A timeline as the service keeps it: tracks `t`, duration `d` in ms, metadata `m`. */
export interface Draft {
  t: Track[];
  d: number;
  m: { title: string; width: number; height: number; look: Look };
}

/** `tt`: 0 video, 1 audio, 7 text. */
export interface Track {
  tt: number;
  sg: Segment[];
}

/** Start `s` and length `d` in ms. */
export interface Segment {
  s: number;
  d: number;
  m: SegmentMeta;
}

export interface SegmentMeta {
  name: string;
  volume?: number;
  text?: string;
  /** The upload that is shown or heard; without it the picture is drawn and the music is composed. */
  source?: string;
  kind?: "still" | "clip" | "scene" | "music" | "song";
}

/** Ours, not the service's: it comes back with the draft, as unknown keys must. */
export interface Look {
  transitions: boolean;
  zoom: boolean;
  /** −3 (cold) to 3 (warm). */
  warmth: number;
  /** −3 (dark) to 3 (bright). */
  brightness: number;
  /** 2 is twice as fast. */
  speed: number;
}

export const trackKind = { video: 0, audio: 1, text: 7 } as const;

export function trackOf(draft: Draft, kind: number): Track | undefined {
  return draft.t.find((track) => track.tt === kind);
}

/** Puts segments end to end from 0. */
export function inLine(segments: readonly Segment[]): Segment[] {
  let start = 0;
  return segments.map((segment) => {
    const placed = { ...segment, s: start };
    start += segment.d;
    return placed;
  });
}
