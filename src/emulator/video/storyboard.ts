import { trackKind } from "../draft.ts";
import type { Upload } from "../state/sessions.ts";
import type { SentDraft, SentSegment } from "./read-draft.ts";

export const framesPerSecond = 30;

/** One picture or clip, in frames of the finished video. */
export interface Shot {
  name: string;
  /** What was uploaded; without it a scene is drawn. */
  upload: Upload | undefined;
  startFrame: number;
  /** With the overlap under the next shot. */
  frames: number;
  /** Over the shot before; 0 for a cut. */
  fadeFrames: number;
  volume: number;
}

/** Everything that decides what the video looks and sounds like. */
export interface Storyboard {
  width: number;
  height: number;
  frames: number;
  shots: Shot[];
  title: { text: string; startSeconds: number; seconds: number } | undefined;
  music: { name: string; volume: number; upload: Upload | undefined } | undefined;
  look: SentDraft["m"]["look"];
}

const shortSides: Readonly<Record<string, number>> = { low: 360, medium: 720, high: 1080 };
const longestFadeFrames = 18;

export function storyboardOf(draft: SentDraft, uploads: readonly Upload[], quality: string): Storyboard {
  const { width, height } = sizeOf(draft, shortSides[quality] ?? 1080);
  const segments = (kind: number): SentSegment[] => draft.t.find((track) => track.tt === kind)?.sg ?? [];
  const find = (segment: SentSegment): Upload | undefined =>
    uploads.find(({ id }) => id === segment.m.source);
  const frames = Math.max(1, toFrames(draft.d));
  const shots = segments(trackKind.video).map((segment) => ({ segment, upload: find(segment) }));
  const title = segments(trackKind.text).find(({ m }) => m.text !== undefined && m.text.trim() !== "");
  const music = segments(trackKind.audio)[0];
  return {
    width,
    height,
    frames,
    shots: placeShots(shots, frames, draft.m.look.transitions),
    title: title && {
      text: title.m.text ?? "",
      startSeconds: (title.s ?? 0) / 1000,
      seconds: title.d / 1000,
    },
    music: music && { name: music.m.name, volume: music.m.volume ?? 1, upload: find(music) },
    look: draft.m.look,
  };
}

function placeShots(
  found: readonly { segment: SentSegment; upload: Upload | undefined }[],
  frames: number,
  transitions: boolean,
): Shot[] {
  const starts = startsOf(found.map(({ segment }) => segment)).map(toFrames);
  const ends = starts.map((_, index) => starts[index + 1] ?? frames);
  const fades = starts.map((start, index) => {
    const before = start - (starts[index - 1] ?? start);
    const own = (ends[index] ?? frames) - start;
    return transitions
      ? Math.max(0, Math.min(longestFadeFrames, Math.floor(before / 3), Math.floor(own / 3)))
      : 0;
  });
  return found
    .map(({ segment, upload }, index) => {
      const startFrame = starts[index] ?? 0;
      const own = (ends[index] ?? frames) - startFrame;
      const volume = segment.m.volume ?? 0;
      const overlap = fades[index + 1] ?? 0;
      return {
        name: segment.m.name,
        upload,
        startFrame,
        frames: own + overlap,
        fadeFrames: fades[index] ?? 0,
        volume,
      };
    })
    .filter((shot) => shot.frames > 0);
}

/** A missing start is the running sum of the track. */
function startsOf(segments: readonly SentSegment[]): number[] {
  let end = 0;
  return segments.map((segment) => {
    const start = segment.s ?? end;
    end = start + segment.d;
    return start;
  });
}

function sizeOf(draft: SentDraft, shortSide: number): { width: number; height: number } {
  const scale = shortSide / Math.min(draft.m.width, draft.m.height);
  const even = (value: number): number => Math.max(2, Math.round((value * scale) / 2) * 2);
  return { width: even(draft.m.width), height: even(draft.m.height) };
}

function toFrames(ms: number): number {
  return Math.round((ms / 1000) * framesPerSecond);
}
