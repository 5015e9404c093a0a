import { Failure } from "../base/failure.ts";
import type { FailureCode } from "../base/failure-codes.ts";
import type { Format } from "../recipe/recipe.ts";
import { mediaComplete } from "./media-complete.ts";
import type { ByteWindow } from "./media/byte-window.ts";
import { videoFacts } from "./media/video-facts.ts";
import type { VideoFacts } from "./media/video-facts.ts";
import { sniffBytes, sniffMedia } from "./sniff-media.ts";
import type { MediaKind } from "./sniff-media.ts";

const families: Readonly<Record<Format, MediaKind>> = {
  mp4: "mp4",
  mov: "mp4",
  avi: "avi",
  webm: "webm",
  mkv: "mkv",
  gif: "gif",
};

/**
 * What a downloaded file shows of itself. Throws Failure `wrong-media` where it is not of the format's family, and
 * `download-failed`, transient, where its end is missing.
 */
export async function judgeDelivery(window: ByteWindow, format: Format): Promise<VideoFacts> {
  if (window.sizeBytes === 0) throw refusal("download-failed", "the service sent an empty file");
  const kind = sniffMedia(await window.read(0, sniffBytes));
  if (kind !== families[format]) throw wrongMedia(kind, format);
  if ((await mediaComplete(window)) === "incomplete")
    throw refusal("download-failed", `the ${format} that arrived lacks its end`);
  try {
    return await videoFacts(window, kind);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw refusal("wrong-media", `the file that arrived cannot be read as ${format}: ${why}`);
  }
}

function wrongMedia(kind: MediaKind | undefined, format: Format): Failure {
  const what = kind === "web-page" ? "a web page" : kind === undefined ? "something unknown" : `${kind}`;
  return refusal("wrong-media", `the service sent ${what} where ${format} was asked for`);
}

function refusal(code: FailureCode, message: string): Failure {
  const hint = "The video is kept in the session: `nemo-recipe recover` fetches it at no cost.";
  return new Failure({
    code,
    message,
    hint,
    sent: "rejected",
    ...(code === "download-failed" && { transient: true }),
  });
}
