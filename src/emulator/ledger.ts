// Owns: what the backend was asked, accepted, charged and served. Talks to: nobody.
// Invariants: entries are only added (or completed), in the order they happened; no token is kept.
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { TurnRecord } from "./state/sessions.ts";

export interface LedgerRequest {
  atMs: number;
  /** "own": this backend. "foreign": the other origin that links and redirects may point to. */
  origin: "own" | "foreign";
  method: string;
  path: string;
  endpoint: string;
  /** The headers that matter on this wire; a token only as a fingerprint. */
  headers: Record<string, string>;
  faults: string[];
  /** Set when answered; absent where the connection was cut or left hanging. */
  status?: number;
}

export interface LedgerUpload {
  atMs: number;
  sessionId: string;
  filename: string;
  sizeBytes: number;
  sha256: string;
}

export interface LedgerRender {
  atMs: number;
  id: string;
  sessionId: string;
  format: string;
  quality: string;
  /** Whether the draft was one that this session has had, unaltered. */
  draftKnown: boolean;
}

export interface LedgerServed {
  atMs: number;
  renderId: string;
  origin: "own" | "foreign";
  /** Bytes handed to the connection; the file's size when all was served. */
  bytes: number;
  whole: boolean;
}

export interface EmulatorLedger {
  readonly requests: readonly LedgerRequest[];
  /** Every turn that was accepted, with its text, charge and times. */
  readonly turns: readonly TurnRecord[];
  readonly uploads: readonly LedgerUpload[];
  readonly renders: readonly LedgerRender[];
  readonly served: readonly LedgerServed[];
  readonly sessions: readonly { atMs: number; id: string; userId: string; language: string }[];
  readonly counts: {
    requests: number;
    turns: number;
    uploads: number;
    renders: number;
    served: number;
    sessions: number;
    charged: number;
  };
}

export interface OpenLedger extends EmulatorLedger {
  readonly requests: LedgerRequest[];
  readonly turns: TurnRecord[];
  readonly uploads: LedgerUpload[];
  readonly renders: LedgerRender[];
  readonly served: LedgerServed[];
  readonly sessions: { atMs: number; id: string; userId: string; language: string }[];
}

export function openLedger(turns: readonly TurnRecord[]): OpenLedger {
  return {
    requests: [],
    turns: [...turns],
    uploads: [],
    renders: [],
    served: [],
    sessions: [],
    get counts() {
      return count(this);
    },
  };
}

function count(ledger: Omit<EmulatorLedger, "counts">): EmulatorLedger["counts"] {
  return {
    requests: ledger.requests.length,
    turns: ledger.turns.length,
    uploads: ledger.uploads.length,
    renders: ledger.renders.length,
    served: ledger.served.length,
    sessions: ledger.sessions.length,
    charged: ledger.turns.reduce((sum, turn) => sum + turn.charge, 0),
  };
}

const keptRequests = 50_000;
const telling = new Set([
  "accept",
  "content-type",
  "content-length",
  "x-client-id",
  "host",
  "user-agent",
  "origin",
]);

export function recordRequest(
  ledger: OpenLedger,
  request: IncomingMessage,
  known: Pick<LedgerRequest, "origin" | "path" | "endpoint" | "faults">,
): LedgerRequest {
  const entry: LedgerRequest = {
    ...known,
    atMs: Date.now(),
    method: request.method ?? "GET",
    headers: tellingHeaders(request),
  };
  ledger.requests.push(entry);
  if (ledger.requests.length > keptRequests) ledger.requests.shift();
  return entry;
}

function tellingHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value !== "string") continue;
    if (telling.has(name) || name.startsWith("x-skill-")) headers[name] = value;
    if (name === "authorization" || name === "cookie") headers[name] = fingerprint(value);
  }
  return headers;
}

function fingerprint(secret: string): string {
  return `sha256:${createHash("sha256").update(secret).digest("hex").slice(0, 12)}`;
}
