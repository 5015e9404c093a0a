import { createParser } from "eventsource-parser";
import { decodeEvent } from "./decode-event.ts";
import type { StreamEvent } from "./stream-event.ts";

/** Characters of the longest event that is read; a longer one ends the stream. */
export const longestEventChars: number = 32 * 1024 * 1024 + 65_536;
// Smaller pieces of a line are gathered first: each one kept alone costs more than its text.
const gatheredChars = 16_384;

export interface EventReader {
  /** Takes the next bytes, split anywhere. False where an event outgrew its limit: no more is read then. */
  feed(bytes: Uint8Array): boolean;
  /** The stream is over: what stands there without its empty line is taken as it is. */
  end(): void;
}

/** Bytes in, events out by callback: any split of the same bytes gives the same events. */
export function readEvents(onEvent: (event: StreamEvent) => void): EventReader {
  const decoder = new TextDecoder();
  let gathered = "";
  let overflowed = false;
  const parser = createParser({
    maxBufferSize: longestEventChars,
    onEvent: ({ data }) => {
      for (const event of decodeEvent(data)) onEvent(event);
    },
    onComment: () => onEvent({ type: "heartbeat" }),
    onError: (error) => {
      if (error.type === "max-buffer-size-exceeded") overflowed = true;
    },
  });
  const take = (text: string): void => {
    gathered += text;
    if (gathered.length < gatheredChars && !text.includes("\n") && !text.includes("\r")) return;
    const ready = gathered;
    gathered = "";
    parser.feed(ready);
  };
  return {
    feed: (bytes) => {
      if (!overflowed) take(decoder.decode(bytes, { stream: true }));
      return !overflowed;
    },
    end: () => {
      if (!overflowed) take(`${decoder.decode()}\n\n`);
    },
  };
}
