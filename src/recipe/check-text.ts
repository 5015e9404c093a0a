import { formatDuration } from "../base/duration.ts";
import { formatRange } from "../base/range.ts";
import type { Check, Expanded } from "./recipe.ts";
import { literalText } from "./yaml-text.ts";

/** A check on one line, as a recipe has it: `{ duration: 14s..16s, tracks: { audio: "1" } }`. */
export function checkText({
  duration,
  tracks,
  width,
  height,
  aspect,
  title,
  format,
}: Expanded<Check>): string {
  const quoted = (text: string): string => JSON.stringify(literalText(text));
  const parts = [
    ...(duration === undefined ? [] : [`duration: ${quoted(formatRange(duration, formatDuration))}`]),
    ...(width === undefined ? [] : [`width: ${quoted(formatRange(width))}`]),
    ...(height === undefined ? [] : [`height: ${quoted(formatRange(height))}`]),
    ...(aspect === undefined ? [] : [`aspect: ${quoted(aspect)}`]),
    ...(tracks === undefined ? [] : [`tracks: ${tracksText(tracks)}`]),
    ...(title === undefined ? [] : [`title: ${quoted(title)}`]),
    ...(format === undefined ? [] : [`format: ${format}`]),
  ];
  return `{ ${parts.join(", ")} }`;
}

function tracksText(tracks: NonNullable<Expanded<Check>["tracks"]>): string {
  const parts = (["video", "audio", "text"] as const).flatMap((kind) => {
    const range = tracks[kind];
    return range === undefined ? [] : [`${kind}: ${JSON.stringify(formatRange(range))}`];
  });
  return `{ ${parts.join(", ")} }`;
}
