import type { Input } from "mediabunny";
import type { FileFacts } from "../../job/media.ts";
import { readAviFacts } from "./avi-facts.ts";
import type { ByteWindow } from "./byte-window.ts";
import { readGif } from "./gif.ts";
import type { MediaKind } from "../sniff-media.ts";

/** What a video shows of itself. Lengths in milliseconds and pixels as a viewer shows them. */
export type VideoFacts = Omit<FileFacts, "sizeBytes" | "sha256" | "format">;

/** Reads the headers of a video of a known kind. Throws an Error where they cannot be understood. */
export async function videoFacts(window: ByteWindow, kind: MediaKind): Promise<VideoFacts> {
  if (kind === "gif") {
    const { width, height, durationMs, frames } = await readGif(window);
    return { width, height, durationMs, videoTracks: frames > 0 ? 1 : 0, audioTracks: 0 };
  }
  if (kind === "avi") {
    const facts = await readAviFacts(window);
    if (facts === undefined) throw new Error("its headers are damaged");
    return facts;
  }
  return factsByParser(window);
}

async function factsByParser(window: ByteWindow): Promise<VideoFacts> {
  const { CustomSource, Input, MATROSKA, MP4, QTFF, WEBM } = await import("mediabunny");
  const source = new CustomSource({
    getSize: () => window.sizeBytes,
    read: async (start, end) => new Uint8Array(await window.read(start, end - start)),
  });
  const input = new Input({ source, formats: [MP4, QTFF, MATROSKA, WEBM] });
  try {
    return await factsOf(input);
  } finally {
    input.dispose();
  }
}

async function factsOf(input: Input): Promise<VideoFacts> {
  const videos = await input.getVideoTracks();
  const audios = await input.getAudioTracks();
  const seconds = videos.length + audios.length > 0 ? await input.computeDuration() : 0;
  const first = videos[0];
  return {
    durationMs: Math.round(seconds * 1000),
    ...(first !== undefined && {
      width: await first.getDisplayWidth(),
      height: await first.getDisplayHeight(),
    }),
    videoTracks: videos.length,
    audioTracks: audios.length,
  };
}
