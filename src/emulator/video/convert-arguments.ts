import { previewMark } from "./video-arguments.ts";

const webmRates: Readonly<Record<string, string>> = { low: "600k", medium: "2M", high: "5M" };
const gifSides: Readonly<Record<string, number>> = { low: 240, medium: 360, high: 480 };

/** The call of ffmpeg that turns the MP4 into another format. */
export function convertArguments(
  format: string,
  quality: string,
  paths: { from: string; to: string },
): string[] {
  const mark = ["-metadata", `comment=${previewMark}`];
  const end = [...mark, "-progress", "pipe:1", "-nostats", paths.to];
  const start = ["-hide_banner", "-nostdin", "-loglevel", "error", "-y", "-i", paths.from];
  switch (format) {
    case "mov":
      return [...start, "-c", "copy", "-movflags", "+faststart+use_metadata_tags", "-f", "mov", ...end];
    case "mkv":
      return [...start, "-c", "copy", "-f", "matroska", ...end];
    case "avi":
      return [
        ...start,
        "-c:v",
        "mpeg4",
        "-q:v",
        "4",
        "-c:a",
        "libmp3lame",
        "-b:a",
        "160k",
        "-f",
        "avi",
        ...end,
      ];
    case "webm": {
      const rate = webmRates[quality] ?? "5M";
      const video = [
        "-c:v",
        "libvpx-vp9",
        "-deadline",
        "realtime",
        "-cpu-used",
        "8",
        "-row-mt",
        "1",
        "-b:v",
        rate,
      ];
      return [...start, ...video, "-c:a", "libopus", "-b:a", "128k", "-f", "webm", ...end];
    }
    case "gif": {
      const side = gifSides[quality] ?? 480;
      const scale = `scale='if(gt(iw,ih),${side},-2)':'if(gt(iw,ih),-2,${side})':flags=lanczos`;
      const palette = `fps=12,${scale},split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=bayer:bayer_scale=4`;
      return [...start, "-filter_complex", palette, "-an", "-f", "gif", ...end];
    }
    default:
      throw new Error(`${format} is not converted`);
  }
}
