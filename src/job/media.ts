/** What lies on a draft's timeline, in our words. Times in milliseconds, volume from 0 to 1. */
export interface Timeline {
  readonly durationMs: number;
  readonly width?: number;
  readonly height?: number;
  readonly title?: string;
  readonly tracks: readonly Track[];
}

export interface Track {
  readonly kind: "video" | "audio" | "text" | "other";
  readonly segments: readonly Segment[];
}

export interface Segment {
  readonly startMs: number;
  readonly durationMs: number;
  readonly name?: string;
  readonly text?: string;
  readonly volume?: number;
}

/** The service's draft: opaque JSON text that goes back to the renderer as it came, and what we read in it. */
export interface Draft {
  readonly opaque: string;
  /** Hash of the opaque text: two reads are equal when these are. */
  readonly fingerprint: string;
  /** True where some track has a segment. */
  readonly ready: boolean;
  readonly timeline: Timeline;
}

/** What a delivered file shows of itself. */
export interface FileFacts {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly format: string;
  readonly durationMs?: number;
  readonly width?: number;
  readonly height?: number;
  readonly videoTracks?: number;
  readonly audioTracks?: number;
}
