import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawScene } from "./draw-scene.ts";
import { groupShots, joinGroups } from "./group-shots.ts";
import { runFfmpeg } from "./run-ffmpeg.ts";
import { framesPerSecond, type Storyboard } from "./storyboard.ts";
import { titleLayer } from "./title-layer.ts";
import { videoArguments } from "./video-arguments.ts";

export interface VideoOrder {
  ffmpegPath: string;
  board: Storyboard;
  quality: string;
  /** Empty, and the caller's to remove. */
  folder: string;
  output: string;
  uploadPath(upload: { id: string }): string;
  /** 0 to 1. */
  onProgress(share: number): void;
  signal: AbortSignal;
}

/** Makes the MP4 of a storyboard. Rejects with what ffmpeg said. */
export async function makeVideo(order: VideoOrder): Promise<void> {
  const groups = groupShots(order.board);
  if (groups === undefined) {
    await drawBoard(order);
    return;
  }
  const files = groups.map((_, index) => join(order.folder, `group${index}.mp4`));
  for (const [index, board] of groups.entries()) {
    const onProgress = (share: number): void => order.onProgress((0.8 * (index + share)) / groups.length);
    await drawBoard({ ...order, board, quality: "between", output: files[index] ?? "", onProgress });
  }
  await drawBoard({
    ...order,
    board: joinGroups(order.board, groups),
    uploadPath: (upload) => files[Number(upload.id)] ?? order.uploadPath(upload),
    onProgress: (share) => order.onProgress(0.8 + 0.2 * share),
  });
}

async function drawBoard(order: VideoOrder): Promise<void> {
  const { board, folder } = order;
  const shots: string[] = [];
  for (const [index, shot] of board.shots.entries()) {
    shots.push(shot.upload === undefined ? await sceneFile(order, index) : order.uploadPath(shot.upload));
  }
  const song = board.music?.upload;
  const paths = {
    shots,
    song: song === undefined ? undefined : order.uploadPath(song),
    title: await titleLayer(board, folder),
    output: order.output,
  };
  await runFfmpeg({
    path: order.ffmpegPath,
    args: videoArguments(board, paths, order.quality),
    folder,
    onProgress: (seconds) => order.onProgress(Math.min(1, (seconds * framesPerSecond) / board.frames)),
    signal: order.signal,
  });
}

async function sceneFile(order: VideoOrder, index: number): Promise<string> {
  const name = `scene${index}.ppm`;
  const { board } = order;
  await writeFile(
    join(order.folder, name),
    drawScene(board.shots[index]?.name ?? "", board.width / board.height),
  );
  return name;
}
