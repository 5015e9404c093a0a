import type { FileFacts } from "../job/media.ts";
import { formatBytes } from "./format-bytes.ts";

/** What a delivered file shows of itself: `3.2 MB, 15.0 s, 1920×1080`. */
export function fileFactsText({ sizeBytes, durationMs, width, height }: FileFacts): string {
  return [
    formatBytes(sizeBytes),
    ...(durationMs === undefined ? [] : [`${(durationMs / 1000).toFixed(1)} s`]),
    ...(width === undefined || height === undefined ? [] : [`${width}×${height}`]),
  ].join(", ");
}
