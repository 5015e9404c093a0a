import { cleanText } from "../../base/clean-text.ts";
import { sayWithoutScreen } from "../say-without-screen.ts";
import type { StreamEvent } from "./stream-event.ts";

const temporaryIssue = /I encountered a temporary issue/i;
/** A turn's talk is a page or two; what goes on for ever is cut here. */
const mostChars = 1024 * 1024;

export interface TextCollector {
  take(event: StreamEvent): void;
  /** Commits what never came as a whole; the texts, in order. */
  close(): readonly string[];
  /** The last text as the service wrote it; empty where it said nothing. */
  lastRaw(): string;
}

/**
 * Owns: what the agent has said so far. Talks to: nobody; `onSaid` hears each text once.
 * Invariants: a whole text replaces its pieces; nothing is said twice; memory is bounded.
 */
export function collectTexts(onSaid: (text: string) => void): TextCollector {
  const texts: string[] = [];
  const pieces = new Map<string, string>();
  const committed = new Map<string, string>();
  let held: string | undefined;
  let last = "";
  let worked = false;
  let roomChars = mostChars;

  const say = (raw: string): void => {
    const text = sayWithoutScreen(cleanText(raw)).slice(0, roomChars);
    if (text === "") return;
    roomChars -= text.length;
    texts.push(text);
    onSaid(text);
  };
  const release = (): void => {
    const text = held;
    held = undefined;
    if (text !== undefined) say(text);
  };
  const commit = (raw: string): void => {
    release();
    last = raw.slice(0, 10_000);
    // Whether it is the last word, and may be passed over, shows only at the close.
    if (temporaryIssue.test(raw)) held = raw;
    else say(raw);
  };
  const commitPieces = (): void => {
    for (const [speaker, text] of pieces) {
      committed.set(speaker, text);
      commit(text);
    }
    pieces.clear();
  };
  const takeText = (event: Extract<StreamEvent, { type: "text" }>): void => {
    if (event.partial) {
      committed.delete(event.speaker);
      const soFar = pieces.get(event.speaker) ?? "";
      if (soFar.length < mostChars && pieces.size < 1000) pieces.set(event.speaker, soFar + event.text);
      return;
    }
    pieces.delete(event.speaker);
    const before = committed.get(event.speaker);
    committed.delete(event.speaker);
    if (before !== event.text) commit(event.text);
  };
  return {
    take: (event) => {
      if (event.type === "text") takeText(event);
      if (event.type === "tool-called" || event.type === "tool-answered") worked = true;
      // The agent's answer to a tool is a new text: pieces of the one before are all there will be of it.
      if (event.type === "tool-answered") commitPieces();
    },
    close: () => {
      commitPieces();
      if (texts.length === 0 && !worked) release();
      return texts;
    },
    lastRaw: () => last,
  };
}
