export type Endpoint =
  | "token"
  | "session"
  | "upload"
  | "turn"
  | "state"
  | "credits"
  | "render"
  | "poll"
  | "download"
  | "cancel"
  | "claim"
  | "file"
  | "unknown";

export interface FaultKind {
  /** What it meets when no endpoint is named. */
  on: Endpoint;
  /** May another endpoint be named? */
  anywhere?: true;
  /** What `=` takes, with its default. */
  value?: { meaning: string; default: string; oneOf?: readonly string[] };
  says: string;
}

const ms = (value: string): { meaning: string; default: string } => ({ meaning: "ms", default: value });
const shape = {
  meaning: "shape",
  default: "body",
  oneOf: ["body", "status", "detail", "line", "text"],
} as const;
const code = (on: Endpoint, says: string): FaultKind => ({ on, anywhere: true, value: shape, says });
const status = (says: string): FaultKind => ({ on: "turn", anywhere: true, says });

/** Every fault by its name. The client of a fault must survive it; the ledger tells what really happened. */
export const faultTable: Readonly<Record<string, FaultKind>> = {
  late: {
    on: "turn",
    value: ms("2000"),
    says: "the turn is accepted only after a delay, even if the client has gone",
  },
  cut: { on: "turn", says: "the stream is reset half way; the turn was accepted and goes on" },
  "cut-before": { on: "turn", anywhere: true, says: "the connection is reset before anything is accepted" },
  "cut-after": {
    on: "turn",
    anywhere: true,
    says: "accepted, then reset before the first byte of the answer",
  },
  hung: { on: "turn", anywhere: true, says: "accepted, and not one byte is answered" },
  "hung-before": { on: "turn", anywhere: true, says: "neither accepted nor answered" },
  "heartbeats-only": { on: "turn", says: "accepted; heartbeats for ever, no text, no end" },
  silent: { on: "turn", says: "the turn works and the stream closes without text" },
  talkative: { on: "turn", says: "the turn is never silent" },
  "no-final": { on: "turn", says: "partial texts are never followed by the whole text" },
  "temporary-issue": { on: "turn", says: "normal output, then: I encountered a temporary issue" },
  question: { on: "turn", says: "the service asks back: nothing is changed or charged" },
  "split-bytes": { on: "turn", says: "the stream arrives in pieces of a few bytes" },
  crlf: { on: "turn", says: "the stream's lines end in CR LF" },
  "second-stage": {
    on: "turn",
    value: ms("2000"),
    says: "music and title are added this long after the stream closed",
  },
  "early-release": { on: "turn", says: "frozen credits are taken at the close, before the second stage" },
  "stale-state": { on: "state", value: ms("1000"), says: "the state is shown as it was this long ago" },
  "expired-token": { on: "state", anywhere: true, says: "the caller's token expires just now: 1001" },
  "lost-session": { on: "turn", anywhere: true, says: "the session is forgotten just now: 1002" },
  "token-quota": { on: "token", says: "one token per client, ten in all: then 429" },
  "code-1001": code("state", "token bad or expired"),
  "code-1002": code("turn", "session not found"),
  "code-2001": code("turn", "no credits"),
  "code-4001": code("upload", "file type refused"),
  "code-4002": code("upload", "file too large"),
  "code-400": code("token", "client id missing"),
  "code-402": code("render", "export blocked by the plan"),
  "code-403": code("render", "scope missing"),
  "code-429": code("turn", "rate limit, no Retry-After"),
  "rate-limit": {
    on: "turn",
    anywhere: true,
    value: { meaning: "seconds, date, garbage, body or line", default: "1" },
    says: "429 with Retry-After, as a status, in a body or in a stream",
  },
  "http-404": status("HTTP 404 before acceptance"),
  "http-408": status("HTTP 408 before acceptance"),
  "http-409": status("HTTP 409 before acceptance"),
  "http-500": status("HTTP 500 before acceptance"),
  "http-502": status("HTTP 502 before acceptance"),
  "http-503": status("HTTP 503 before acceptance"),
  "http-504": status("HTTP 504 before acceptance"),
  "http-500-after": status("accepted, then HTTP 500"),
  "http-502-after": status("accepted, then HTTP 502"),
  "http-503-after": status("accepted, then HTTP 503"),
  "http-504-after": status("accepted, then HTTP 504"),
  redirect: {
    on: "turn",
    anywhere: true,
    value: { meaning: "status", default: "307", oneOf: ["301", "302", "303", "307", "308"] },
    says: "redirected to another origin, which records what it is sent",
  },
  "not-json": { on: "state", anywhere: true, says: "HTTP 200 with a web page for a body" },
  slow: { on: "upload", anywhere: true, value: ms("1000"), says: "the answer takes this much longer" },
  "shape-b": { on: "poll", says: "the poll answers in the older shape" },
  "render-fails": { on: "render", says: "the render ends as failed" },
  "render-stuck": { on: "render", says: "the render stays at processing" },
  "link-dies": {
    on: "file",
    value: { meaning: "how", default: "404", oneOf: ["404", "403", "html", "truncated", "reset"] },
    says: "output.url does not give the file",
  },
  "foreign-link": { on: "poll", says: "output.url lies on another origin" },
  "error-shape": {
    on: "unknown",
    value: { meaning: "shape", default: "status", oneOf: ["status", "detail"] },
    says: "the backend's own errors come as an HTTP status, for the whole life of the server",
  },
};

export const endpoints: readonly Endpoint[] = [
  "token",
  "session",
  "upload",
  "turn",
  "state",
  "credits",
  "render",
  "poll",
  "download",
  "cancel",
  "claim",
  "file",
];
