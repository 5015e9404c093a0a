import type { StreamEvent } from "./stream-event.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * What one event's data says, in every form that the service is known to use. Never throws: what is not understood is
 * a sign of life. Checked by hand and not by a schema, because a turn may bring a hundred thousand of them.
 */
export function decodeEvent(data: string): StreamEvent[] {
  const whole = parse(data);
  if (whole !== undefined) return decodeFields(whole);
  if (/^\s*\{\s*"error"/.test(data)) return [{ type: "error", message: brokenMessage(data) }];
  // Several events without an empty line between them arrive as one, joined by line feeds.
  if (data.includes("\n")) return data.split("\n").flatMap(decodeEvent);
  return [{ type: "heartbeat" }];
}

function parse(data: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(data));
  } catch {
    return undefined;
  }
}

const fieldsOf = (value: unknown): Fields | undefined =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Fields) : undefined;

function decodeFields(event: Fields): StreamEvent[] {
  const error = errorOf(event);
  const events = [...contentOf(event), ...(error === undefined ? [] : [error])];
  return events.length > 0 ? events : [{ type: "heartbeat" }];
}

function contentOf(event: Fields): StreamEvent[] {
  const content = event["content"];
  if (typeof event["type"] === "string") return flatEvent(event["type"], content ?? event["text"]);
  const parts = fieldsOf(content)?.["parts"];
  if (!Array.isArray(parts)) return [];
  const partial = event["partial"] === true;
  const speaker = `${textOf(event["author"])}\n${textOf(event["invocationId"] ?? event["invocation_id"])}`;
  const events: StreamEvent[] = [];
  let text = "";
  for (const part of parts) {
    const fields = fieldsOf(part) ?? {};
    if (typeof fields["text"] === "string" && fields["thought"] !== true) text += fields["text"];
    // In a partial event the call is not made yet, and comes again.
    if (!partial && ("functionCall" in fields || "function_call" in fields))
      events.push({ type: "tool-called" });
    if ("functionResponse" in fields || "function_response" in fields) events.push({ type: "tool-answered" });
  }
  return text === "" ? events : [{ type: "text", text, partial, speaker }, ...events];
}

function flatEvent(type: string, content: unknown): StreamEvent[] {
  if (type === "tool_call") return [{ type: "tool-called" }];
  if (type === "tool_result") return [{ type: "tool-answered" }];
  if (type !== "text") return [];
  const text = typeof content === "string" ? content : textOf(fieldsOf(content)?.["text"]);
  return text === "" ? [] : [{ type: "text", text, partial: false, speaker: "\n" }];
}

function errorOf(event: Fields): StreamEvent | undefined {
  const reported = event["error"];
  if (reported !== undefined && reported !== null && reported !== false) {
    const inner = fieldsOf(reported);
    return withCode(
      textOf(inner?.["message"] ?? reported) || "no reason given",
      inner?.["code"] ?? event["code"],
    );
  }
  const code = event["errorCode"] ?? event["error_code"];
  const message = textOf(event["errorMessage"] ?? event["error_message"]);
  if (present(code) || message !== "") return withCode(message || textOf(code), code);
  if (event["type"] === "error") return withCode(textOf(event["content"] ?? event["message"]), event["code"]);
  // The envelope of the other calls, as a line of the stream.
  const envelopeCode = numberOf(event["code"]);
  if (envelopeCode !== 0 && !("content" in event)) return withCode(textOf(event["message"]), envelopeCode);
  return undefined;
}

const present = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== "" && value !== 0;

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";

/** A number, also where it stands as text; else 0. */
const numberOf = (code: unknown): number =>
  typeof code === "number" ? code : typeof code === "string" && /^\d{1,9}$/.test(code) ? Number(code) : 0;

function withCode(message: string, code: unknown): StreamEvent {
  const known = numberOf(code);
  return known === 0 ? { type: "error", message } : { type: "error", message, code: known };
}

/** The reason in an error line that is no valid JSON, such as one with quotes inside quotes. */
function brokenMessage(data: string): string {
  return data
    .replace(/^\s*\{\s*"error"\s*:?\s*["{]?/, "")
    .replace(/["}\]\s]+$/, "")
    .slice(0, 2000);
}
