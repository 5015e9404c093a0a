import type { Clock } from "../../base/clock.ts";
import type { Signal, StreamEnd } from "../../job/event.ts";
import type { Deadlines } from "../transport/deadlines.ts";
import { Lapse } from "../transport/deadlines.ts";
import { collectTexts } from "./collect-texts.ts";
import { readEvents } from "./read-events.ts";
import type { StreamEvent } from "./stream-event.ts";

/** What was heard of one turn, and how the hearing ended. */
export interface Heard {
  readonly end: StreamEnd;
  readonly texts: readonly string[];
  /** The error that the stream reported, if no ordinary text came after it. */
  readonly error?: Extract<StreamEvent, { type: "error" }>;
  /** The last text as it was written; for what is told in words only. */
  readonly lastText: string;
  /** A tool was called or answered: something was done. */
  readonly worked: boolean;
}

export interface Listening {
  readonly body: AsyncIterable<Uint8Array>;
  readonly deadlines: Deadlines;
  readonly onSignal: (signal: Signal) => void;
}

/** Listens until the stream ends by itself, breaks, or a limit passes. Never throws. */
export async function listen({ body, deadlines, onSignal }: Listening): Promise<Heard> {
  let error: Heard["error"];
  let worked = false;
  const collector = collectTexts((text) => onSignal({ type: "agent-said", text }));
  const reader = readEvents((event) => {
    if (event.type === "heartbeat") return;
    deadlines.touch("silence");
    if (event.type === "error") error = event;
    else if (event.type === "text") {
      if (!event.partial) error = undefined;
    } else worked = true;
    collector.take(event);
  });
  const end = await readToEnd(body, deadlines, reader.feed);
  reader.end();
  const texts = collector.close();
  return { end, texts, lastText: collector.lastRaw(), worked, ...(error && { error }) };
}

async function readToEnd(
  body: AsyncIterable<Uint8Array>,
  deadlines: Deadlines,
  feed: (bytes: Uint8Array) => boolean,
): Promise<StreamEnd> {
  try {
    for await (const chunk of body) if (!feed(chunk)) return "lost";
    return "closed";
  } catch {
    return endOf(deadlines.signal.reason);
  }
}

/** How a stream ended that one of our limits, the user or the network cut. */
export function endOf(reason: unknown): StreamEnd {
  if (!(reason instanceof Lapse)) return "lost";
  if (reason.limit === "silence") return "silent";
  return reason.limit === "whole" ? "timed-out" : "lost";
}

const announcedEveryMs = 120_000;

/** Says "still working" every two minutes until `signal` is aborted. */
export async function announceWork(
  clock: Clock,
  onSignal: (signal: Signal) => void,
  signal: AbortSignal,
): Promise<void> {
  const startedMs = clock.now();
  try {
    for (;;) {
      await clock.sleep(announcedEveryMs, signal);
      if (signal.aborted) return;
      onSignal({ type: "still-working", elapsedMs: clock.now() - startedMs });
    }
  } catch {
    // The turn is over: the nap was cut short.
  }
}
