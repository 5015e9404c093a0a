import { framesPerSecond, type Shot, type Storyboard } from "./storyboard.ts";

/** Filters that turn one input into one shot: right way up, filling the frame, coloured, moving. */
export function shotFilters(board: Storyboard, shot: Shot, index: number): string {
  const isClip = shot.upload?.fileType === "video";
  const canvas = canvasOf(board, isClip);
  const before = isClip
    ? [`setpts=(PTS-STARTPTS)/${board.look.speed}`]
    : turning(shot.upload?.orientation ?? 1);
  const colours = colourFilters(board);
  const after = isClip
    ? [`fps=${framesPerSecond}`, `trim=end_frame=${shot.frames}`, "setpts=PTS-STARTPTS"]
    : [zoompan(board, shot, index)];
  const tail = [...colours, ...after, "setsar=1", "format=yuv420p"].join(",");
  return fills(board, shot)
    ? coverFrame(before, canvas, `[${index}:v]`) + `,${tail}[shot${index}]`
    : fitOnBlur({ before, canvas, index }) + `,${tail}[shot${index}]`;
}

interface Size {
  width: number;
  height: number;
}

/** A slow zoom on a canvas of the video's own size shakes visibly: a pixel is too long a step. */
function canvasOf(board: Storyboard, isClip: boolean): Size {
  const factor = isClip || !board.look.zoom ? 1 : 2;
  return { width: board.width * factor, height: board.height * factor };
}

/** A picture that is nearly of the video's shape is cropped; any other is shown whole. */
function fills(board: Storyboard, shot: Shot): boolean {
  if (shot.upload === undefined) return true;
  const ratio = shot.upload.width / shot.upload.height / (board.width / board.height);
  return ratio > 0.6 && ratio < 1.7;
}

function coverFrame(before: string[], { width, height }: Size, label: string): string {
  const cover = `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`;
  return label + [...before, cover].join(",");
}

function fitOnBlur(place: { before: string[]; canvas: Size; index: number }): string {
  const { width, height } = place.canvas;
  const { index } = place;
  const small = { width: Math.ceil(width / 16) * 2, height: Math.ceil(height / 16) * 2 };
  const back = `${coverFrame([], small, `[back${index}]`)},boxblur=8:2,scale=${width}:${height}[blur${index}]`;
  const front = `[front${index}]scale=${width}:${height}:force_original_aspect_ratio=decrease[whole${index}]`;
  const split = `[${index}:v]${[...place.before, "format=yuv420p", "split"].join(",")}[back${index}][front${index}]`;
  return `${split};${back};${front};[blur${index}][whole${index}]overlay=(W-w)/2:(H-h)/2`;
}

function zoompan(board: Storyboard, shot: Shot, index: number): string {
  const share = `0.12*on/${shot.frames}`;
  const zoom = index % 2 === 0 ? `1+${share}` : `1.12-${share}`;
  const move = board.look.zoom ? `z='${zoom}':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':` : "";
  return `zoompan=${move}d=${shot.frames}:s=${board.width}x${board.height}:fps=${framesPerSecond}`;
}

function colourFilters(board: Storyboard): string[] {
  const { warmth, brightness } = board.look;
  const warm = (warmth * 0.08).toFixed(3);
  const cold = (warmth * -0.08).toFixed(3);
  const tint = `colorbalance=rs=${warm}:rm=${warm}:rh=${warm}:bs=${cold}:bm=${cold}:bh=${cold}`;
  return [
    ...(warmth === 0 ? [] : [tint]),
    ...(brightness === 0 ? [] : [`eq=brightness=${(brightness * 0.06).toFixed(3)}`]),
  ];
}

/** What puts a picture of this EXIF orientation upright. */
function turning(orientation: number): string[] {
  const turns: Readonly<Record<number, string[]>> = {
    2: ["hflip"],
    3: ["hflip", "vflip"],
    4: ["vflip"],
    5: ["transpose=0"],
    6: ["transpose=1"],
    7: ["transpose=3"],
    8: ["transpose=2"],
  };
  return turns[orientation] ?? [];
}
