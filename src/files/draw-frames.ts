import { execFile } from "node:child_process";
import { resolve } from "node:path";

/** Frames of a video on one sheet, row by row. One column and one row: a poster. */
export interface Sheet {
  readonly columns: number;
  readonly rows: number;
  /** Of one frame, in pixels. */
  readonly width: number;
  /** Default jpeg. */
  readonly as?: "jpeg" | "png" | "ppm";
}

export interface FramesOf {
  readonly path: string;
  readonly durationMs: number | undefined;
  /** The program that reads the video. */
  readonly ffmpegPath: string;
}

const limits = { timeoutMs: 30_000, bytes: 16 * 1024 * 1024 };
const usualMs = 3000;
const codecs = { jpeg: "mjpeg", png: "png", ppm: "ppm" } as const;

/** A picture of frames, evenly from the whole video; undefined where the video shows none. Never throws. */
export function drawFrames(
  { path, durationMs = usualMs, ffmpegPath }: FramesOf,
  { columns, rows, width, as = "jpeg" }: Sheet,
): Promise<Buffer | undefined> {
  const frames = columns * rows;
  const wholeSeconds = Math.max(durationMs, 1) / 1000;
  // The middle of each part: a video may begin and end in black.
  const first = (wholeSeconds / frames / 2).toFixed(3);
  const scale = `scale=w='min(${width},iw)':h=-2`;
  const filters =
    frames === 1
      ? scale
      : `fps=${frames}/${wholeSeconds.toFixed(3)}:round=near,${scale},tile=${columns}x${rows}:padding=6:margin=6:color=black`;
  const input = [
    "-protocol_whitelist",
    "file,pipe",
    "-ss",
    frames === 1 ? first : "0",
    "-i",
    `file:${resolve(path)}`,
  ];
  const output = [
    "-frames:v",
    "1",
    "-vf",
    filters,
    "-an",
    "-c:v",
    codecs[as],
    "-q:v",
    "5",
    "-f",
    "image2pipe",
    "pipe:1",
  ];
  return new Promise((done) => {
    execFile(
      ffmpegPath,
      ["-nostdin", "-v", "error", ...input, ...output],
      { encoding: "buffer", timeout: limits.timeoutMs, maxBuffer: limits.bytes, windowsHide: true },
      (error, stdout) => done(error === null && stdout.length > 0 ? stdout : undefined),
    );
  });
}
