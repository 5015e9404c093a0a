/** What one event of a turn's stream means to us. Text is as the service wrote it. */
export type StreamEvent =
  | {
      readonly type: "text";
      readonly text: string;
      /** A piece of a text that one unmarked event will repeat as a whole. */
      readonly partial: boolean;
      /** Author and invocation: pieces and whole are tied by these and their order, not by event ids. */
      readonly speaker: string;
    }
  | { readonly type: "tool-called" }
  | { readonly type: "tool-answered" }
  | { readonly type: "error"; readonly message: string; readonly code?: number }
  /** Nothing but a sign of life: heartbeats, `[DONE]`, thoughts, and whatever is not known. */
  | { readonly type: "heartbeat" };
