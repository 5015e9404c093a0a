import { shotFilters } from "./picture-graph.ts";
import { joinShots } from "./join-graph.ts";
import { composedMusic, soundFilters } from "./sound-graph.ts";
import { framesPerSecond, type Storyboard } from "./storyboard.ts";

export interface Paths {
  /** One for each shot, in order. */
  shots: readonly string[];
  song: string | undefined;
  /** Draws the title, as the last step; with its own inputs when it needs any. */
  title: { inputs: readonly string[]; filter(from: string, to: string, input: number): string } | undefined;
  output: string;
}

const qualities: Readonly<Record<string, { crf: string; sound: string }>> = {
  low: { crf: "28", sound: "96k" },
  medium: { crf: "23", sound: "128k" },
  high: { crf: "20", sound: "192k" },
  // For parts that are encoded once more.
  between: { crf: "14", sound: "256k" },
};

/** The one call of ffmpeg that makes the MP4: exactly `board.frames` frames, H.264 and AAC. */
export function videoArguments(board: Storyboard, paths: Paths, quality: string): string[] {
  const seconds = board.frames / framesPerSecond;
  const inputs = board.shots.flatMap((shot, index) => [
    ...shotInput(board, shot),
    "-i",
    paths.shots[index] ?? "",
  ]);
  const musicInput = board.shots.length;
  if (board.music !== undefined) {
    inputs.push(
      ...(paths.song === undefined
        ? ["-f", "lavfi", "-i", composedMusic(board.music.name, seconds)]
        : ["-stream_loop", "-1", "-i", paths.song]),
    );
  }
  const titleInput = musicInput + (board.music === undefined ? 0 : 1);
  if (paths.title !== undefined) inputs.push(...paths.title.inputs);
  const sound = soundFilters(board, musicInput);
  const pictures = board.shots.map((shot, index) => shotFilters(board, shot, index));
  const title = paths.title?.filter("[joined]", "[picture]", titleInput) ?? "[joined]null[picture]";
  const graph = [...pictures, joinShots(board), title, ...sound.filters].join(";");
  const chosen = qualities[quality] ?? { crf: "20", sound: "192k" };
  const audio =
    sound.label === undefined ? ["-an"] : ["-map", sound.label, "-c:a", "aac", "-b:a", chosen.sound];
  const start = ["-hide_banner", "-nostdin", "-loglevel", "error", "-y"];
  const video = ["-c:v", "libx264", "-preset", "veryfast", "-crf", chosen.crf, "-pix_fmt", "yuv420p"];
  const length = [
    "-r",
    String(framesPerSecond),
    "-frames:v",
    String(board.frames),
    "-movflags",
    "+faststart",
  ];
  // An old ffmpeg finishes the pictures before it begins with the sound.
  const patience = ["-max_muxing_queue_size", "100000"];
  const mark = ["-metadata", `comment=${previewMark}`];
  const output = ["-progress", "pipe:1", "-nostats", "-f", "mp4", paths.output];
  const pictureMap = ["-filter_complex", graph, "-map", "[picture]"];
  return [...start, ...inputs, ...pictureMap, ...audio, ...video, ...length, ...patience, ...mark, ...output];
}

/** In the metadata of everything that is made here. */
export const previewMark = "nemo-recipe local preview";

function shotInput(board: Storyboard, shot: Storyboard["shots"][number]): string[] {
  if (shot.upload?.fileType !== "video") return ["-noautorotate"];
  const seconds = (shot.frames / framesPerSecond) * board.look.speed + 1;
  return ["-stream_loop", "-1", "-t", seconds.toFixed(3)];
}
