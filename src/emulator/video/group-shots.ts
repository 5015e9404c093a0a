import type { Upload } from "../state/sessions.ts";
import { framesPerSecond, type Shot, type Storyboard } from "./storyboard.ts";

/** ffmpeg opens all inputs of a graph at once: a large photo takes 50 MB of it from start to end. */
const mostAtOnce = 10;

/** A long storyboard as short ones, to be drawn one after another; `undefined` when it is short itself. */
export function groupShots(board: Storyboard): Storyboard[] | undefined {
  if (board.shots.length <= mostAtOnce) return undefined;
  const groups: Storyboard[] = [];
  for (let at = 0; at < board.shots.length; at += mostAtOnce) {
    groups.push(groupOf(board, board.shots.slice(at, at + mostAtOnce)));
  }
  return groups;
}

function groupOf(board: Storyboard, shots: readonly Shot[]): Storyboard {
  const first = shots[0]?.startFrame ?? 0;
  const last = shots.at(-1);
  const moved = shots.map((shot, index) =>
    Object.assign({}, shot, { startFrame: shot.startFrame - first }, index === 0 ? { fadeFrames: 0 } : {}),
  );
  const frames = last === undefined ? 0 : last.startFrame + last.frames - first;
  return { ...board, shots: moved, frames, title: undefined, music: undefined };
}

/** The long storyboard again, with a clip in place of each group; the clips are found by their number as id. */
export function joinGroups(board: Storyboard, groups: readonly Storyboard[]): Storyboard {
  const look = { ...board.look, warmth: 0, brightness: 0, speed: 1 };
  const shots = groups.map((group, index): Shot => {
    const first = board.shots[index * mostAtOnce];
    const place = {
      startFrame: first?.startFrame ?? 0,
      fadeFrames: first?.fadeFrames ?? 0,
      frames: group.frames,
    };
    return { ...place, name: `group ${index}`, upload: clipOf(group, index), volume: 1 };
  });
  return { ...board, look, shots };
}

function clipOf(group: Storyboard, index: number): Upload {
  const { width, height, frames } = group;
  const hasSound = group.shots.some(({ upload, volume }) => upload?.hasSound === true && volume > 0);
  const file = {
    id: String(index),
    filename: `group${index}.mp4`,
    fileType: "video",
    sizeBytes: 0,
    sha256: "",
  } as const;
  const facts = {
    width,
    height,
    durationSeconds: frames / framesPerSecond,
    fps: framesPerSecond,
    orientation: 1,
  };
  return { ...file, ...facts, hasSound, atMs: 0 };
}
