import { execFile } from "node:child_process";
import type { Upload } from "../state/sessions.ts";

export type Facts = Pick<Upload, "width" | "height" | "durationSeconds" | "fps" | "hasSound">;

/** Looks at files once: equal bytes have equal facts. */
export type Probe = (path: string, sha256: string) => Promise<Facts>;

export function openProbe(ffmpegPath: string): Probe {
  const known = new Map<string, Facts>();
  return async (path, sha256) => {
    const facts = known.get(sha256) ?? (await probeMedia(ffmpegPath, path));
    known.set(sha256, facts);
    return facts;
  };
}

/** What ffmpeg says about a file; zeros for what it cannot tell. Needs no ffprobe. */
export function probeMedia(ffmpegPath: string, path: string): Promise<Facts> {
  return new Promise((resolve) => {
    // ffmpeg ends with an error when it is given no output: what counts is what it said.
    execFile(
      ffmpegPath,
      ["-hide_banner", "-i", path],
      { timeout: 20_000, windowsHide: true },
      (_error, _out, said) => {
        resolve(readFacts(said));
      },
    );
  });
}

export function readFacts(said: string): Facts {
  const time = /Duration: (\d+):(\d+):(\d+(?:\.\d+)?)/.exec(said);
  const video = /Stream #\S+.*?: Video: .*/.exec(said)?.[0] ?? "";
  const size = /[ ,](\d{1,5})x(\d{1,5})[ ,]/.exec(`${video},`);
  const turned = /rotat\w* *(?::|of) *-?(?:90|270)(?:\.0+)? /.test(said.replace(/\n/g, " \n"));
  const [width, height] = [Number(size?.[1] ?? 0), Number(size?.[2] ?? 0)];
  return {
    width: turned ? height : width,
    height: turned ? width : height,
    durationSeconds: time === null ? 0 : Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3]),
    fps: Number(/([\d.]+) fps/.exec(video)?.[1] ?? 0),
    hasSound: /Stream #\S+.*?: Audio: /.test(said),
  };
}
