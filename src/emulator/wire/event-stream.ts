import type { ServerResponse } from "node:http";
import { randomUUID } from "node:crypto";
import type { Call } from "./call.ts";

/** Writes the events of one turn, in the form the backend was started with. */
export interface EventStream {
  think(text: string): void;
  callTool(name: string, args: Record<string, unknown>): void;
  toolAnswers(name: string, response: Record<string, unknown>): void;
  /** The text in pieces, then whole. */
  say(text: string): void;
  /** One heartbeat; they come in all the forms that have been seen. */
  beat(): void;
  /** A line of data as it is. */
  raw(data: string): void;
  /** Resolves when the last byte has gone out, or the client has left. */
  end(): Promise<void>;
}

const author = "nemo_agent";
const beats = [
  ": heartbeat\n\n",
  "data:\n\n",
  "event: heartbeat\ndata: {}\n\n",
  'data: {"type":"heartbeat"}\n\n',
  "data: {}\n\n",
];

export function openEventStream(call: Call): EventStream {
  const writer = pieceWriter(call);
  const data = (value: unknown): void => writer.write(`data: ${JSON.stringify(value)}\n\n`);
  const invocationId = `e-${randomUUID()}`;
  const event = (content: unknown, partial: boolean): void =>
    data({
      content,
      ...(partial ? { partial: true } : {}),
      invocationId,
      author,
      actions: { stateDelta: {}, artifactDelta: {}, requestedAuthConfigs: {} },
      id: randomUUID(),
      timestamp: Date.now() / 1000,
    });
  let beat = 0;
  const rest = {
    beat: () => writer.write(beats[beat++ % beats.length] ?? ""),
    raw: (text: string) => writer.write(`data: ${text}\n\n`),
    end: () => writer.end(),
  };
  const whole = !call.faults.has("no-final");
  return call.backend.form === "old"
    ? { ...flatEvents(data), ...rest }
    : { ...agentEvents(event, whole), ...rest };
}

type Speech = Omit<EventStream, "beat" | "raw" | "end">;

function agentEvents(event: (content: unknown, partial: boolean) => void, whole: boolean): Speech {
  const ids = new Map<string, string>();
  const model = (...parts: unknown[]): unknown => ({ role: "model", parts });
  return {
    think: (text) => event(model({ thought: true, text }), true),
    callTool(name, args) {
      const id = `adk-${randomUUID()}`;
      ids.set(name, id);
      event(model({ functionCall: { id, name, args } }), false);
    },
    toolAnswers: (name, response) =>
      event(
        { role: "user", parts: [{ functionResponse: { id: ids.get(name) ?? "", name, response } }] },
        false,
      ),
    say(text) {
      for (const piece of text.match(/[\s\S]{1,24}/gu) ?? []) event(model({ text: piece }), true);
      if (whole) event(model({ text }), false);
    },
  };
}

function flatEvents(data: (value: unknown) => void): Speech {
  return {
    think: () => data({ type: "heartbeat" }),
    callTool: (name, args) => data({ type: "tool_call", name, args }),
    toolAnswers: (name, result) => data({ type: "tool_result", name, result }),
    say(text) {
      for (const content of text.match(/[\s\S]{1,40}/gu) ?? []) data({ type: "text", content });
    },
  };
}

function pieceWriter(call: Call): { write(text: string): void; end(): Promise<void> } {
  const { response, faults } = call;
  openStreamResponse(response);
  const pieceBytes = faults.has("split-bytes") ? 7 : Number.POSITIVE_INFINITY;
  const lines = (text: string): string => (faults.has("crlf") ? text.replaceAll("\n", "\r\n") : text);
  return {
    write(text) {
      const bytes = Buffer.from(lines(text));
      for (let at = 0; at < bytes.length; at += pieceBytes)
        response.write(bytes.subarray(at, at + pieceBytes));
    },
    end: () =>
      new Promise((resolve) => {
        if (response.destroyed) resolve();
        response.once("close", resolve);
        response.end(resolve);
      }),
  };
}

function openStreamResponse(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  response.socket?.setNoDelay(true);
  response.flushHeaders();
}

/** A refusal inside a stream: as an error line, or as something the agent says. */
export function writeRefusal(call: Call, error: { code: number; message: string }, shape: string): void {
  const stream = openEventStream(call);
  if (shape === "line") stream.raw(JSON.stringify({ error: `${error.message} (code: ${error.code})` }));
  else stream.say(`Sorry, I cannot go on: ${error.message} (code: ${error.code}).`);
  void stream.end();
}
