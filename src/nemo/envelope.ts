import { cleanLine } from "../base/clean-text.ts";

/** What a complete answer says, before anybody judges it. */
export type Envelope =
  | { readonly kind: "data"; readonly data: unknown }
  | { readonly kind: "refused"; readonly code: number; readonly message: string }
  /** An error without a code of the service's own: the HTTP status has to say what it is. */
  | { readonly kind: "error"; readonly message: string }
  /** Not JSON, or no object: not the service's protocol. */
  | { readonly kind: "unreadable" };

/** Opens `{code, data, message}`, `{detail}`, `{error}`, `{success, data}`, and an object that is the data itself. */
export function openEnvelope(text: string): Envelope {
  const body = parseObject(text);
  if (body === undefined) return { kind: "unreadable" };
  const code = codeOf(body["code"]);
  if (code !== undefined && code !== 0) return { kind: "refused", code, message: said(body) };
  if (code === undefined && "detail" in body) {
    const inner = body["detail"];
    const innerCode = isRecord(inner) ? codeOf(inner["code"]) : undefined;
    if (isRecord(inner) && innerCode !== undefined && innerCode !== 0)
      return { kind: "refused", code: innerCode, message: said(inner) };
    return { kind: "error", message: said(body) };
  }
  const isRefused = body["success"] === false && !isRecord(body["data"]);
  if (code === undefined && !("status" in body) && (isRefused || (!("data" in body) && "error" in body)))
    return { kind: "error", message: said(body) };
  return { kind: "data", data: "data" in body ? body["data"] : body };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

function codeOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** The service's own words, on one line, safe to show. Of a list of validation errors: each one's `msg`. */
function said(body: Record<string, unknown>): string {
  for (const key of ["message", "msg", "detail", "error"]) {
    const words = wordsOf(body[key]);
    if (words !== "") return cleanLine(words);
  }
  return "";
}

function wordsOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join("; ");
  return isRecord(value) ? wordsOf(value["message"] ?? value["msg"] ?? value["detail"]) : "";
}
