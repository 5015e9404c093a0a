import { framesPerSecond, type Shot, type Storyboard } from "./storyboard.ts";

/**
 * Joins `[shot0]`, `[shot1]` … to `[joined]`: cuts end to end, fades one over another on a black ground. The ground
 * carries the length: an overlay ends with its main input. (Older builds have no `xfade`.)
 */
export function joinShots(board: Storyboard): string {
  const { shots, width, height, frames } = board;
  if (shots.every((shot) => shot.fadeFrames === 0)) {
    const labels = shots.map((_, index) => `[shot${index}]`).join("");
    // Numbered anew, so that no rounding where two meet can drop or double a frame.
    return `${labels}concat=n=${shots.length}:v=1:a=0,setpts=N/${framesPerSecond}/TB[joined]`;
  }
  const ground = `color=black:s=${width}x${height}:r=${framesPerSecond}:d=${frames / framesPerSecond},format=yuv420p[over0]`;
  const steps = shots.map((shot, index) => {
    const to = index === shots.length - 1 ? "[joined]" : `[over${index + 1}]`;
    return `${placed(shot, index)};[over${index}][placed${index}]overlay=eof_action=pass${to}`;
  });
  return [ground, ...steps].join(";");
}

function placed(shot: Shot, index: number): string {
  const fade =
    shot.fadeFrames === 0
      ? ""
      : `format=yuva420p,fade=t=in:start_frame=0:nb_frames=${shot.fadeFrames}:alpha=1,`;
  return `[shot${index}]${fade}setpts=PTS+${shot.startFrame}/${framesPerSecond}/TB[placed${index}]`;
}
