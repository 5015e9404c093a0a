// The only file that knows the service's names and short keys; they become our words here. Whatever may be missing may
// be missing, whatever is not known is passed over.
import * as z from "zod";
import type { Hash } from "../base/hash.ts";
import type { Credits, Session } from "../job/event.ts";
import type { Draft, Segment, Timeline, Track } from "../job/media.ts";
import type { RenderState, SessionRef } from "../executor/ports.ts";
import type { Format, Quality } from "../recipe/recipe.ts";
import { cleanLine } from "../base/clean-text.ts";
import { rawMember } from "./raw-json.ts";

z.config({ jitless: true });

const number = z.preprocess(
  (value) => (typeof value === "string" && value.trim() !== "" ? Number(value) : value),
  z.number().finite(),
);
const maybe = <T extends z.ZodType>(schema: T): z.ZodCatch<z.ZodOptional<T>> =>
  schema.optional().catch(undefined);
const text = z.string();
const filled = text.min(1);

/** A list, or a map whose values are the list; anything else is empty. */
const listOrMap = z.preprocess(
  (value) => (value !== null && typeof value === "object" ? Object.values(value) : []),
  z.array(z.unknown()),
);

const tokenAnswer = z.looseObject({
  token: filled,
  user_id: maybe(filled),
  expires_at: maybe(z.union([number, text])),
});
const sessionAnswer = z.looseObject({ task_id: filled, session_id: filled, user_id: maybe(filled) });
const creditsAnswer = z.looseObject({ available: number, frozen: maybe(number), total: maybe(number) });
const filesAnswer = z.looseObject({ files: listOrMap });
const uploadedFile = z.looseObject({ filename: maybe(filled) });
const claimAnswer = z.looseObject({ claim_token: filled });
const renderAnswer = z.looseObject({
  status: text,
  progress: maybe(number),
  output: maybe(z.looseObject({ url: maybe(filled) })),
  outputUrl: maybe(filled),
  error: maybe(text),
  message: maybe(text),
});
const stateAnswer = z.looseObject({
  state: maybe(z.looseObject({ draft: z.unknown().optional(), video_infos: listOrMap.catch([]) })),
});
const draftShape = z.looseObject({
  t: listOrMap.catch([]),
  d: maybe(number),
  m: maybe(
    z.looseObject({ title: maybe(text), width: maybe(number), height: maybe(number), name: maybe(text) }),
  ),
});
const trackShape = z.looseObject({ tt: maybe(number), sg: listOrMap.catch([]) });
const segmentShape = z.looseObject({
  s: maybe(number),
  d: maybe(number),
  m: maybe(z.looseObject({ name: maybe(text), text: maybe(text), volume: maybe(number) })),
});

export interface TokenGrant {
  readonly token: string;
  readonly userId?: string;
  readonly expiresAtMs?: number;
}

/** Undefined, here and below, where the data is not what the protocol says. */
export function readToken(data: unknown): TokenGrant | undefined {
  const { data: answer } = tokenAnswer.safeParse(data);
  // A token travels in a header: what cannot stand there is no token.
  if (answer === undefined || !/^[\x21-\x7e]{1,4096}$/.test(answer.token)) return undefined;
  const expiresAtMs = readInstant(answer.expires_at);
  return {
    token: answer.token,
    ...(answer.user_id !== undefined && { userId: answer.user_id }),
    ...(expiresAtMs !== undefined && { expiresAtMs }),
  };
}

/** Seconds or milliseconds since 1970, or a date; one without a zone is in UTC. */
function readInstant(value: number | string | undefined): number | undefined {
  if (typeof value === "number") return value < 1e11 ? value * 1000 : value;
  if (value === undefined) return undefined;
  const zoned = /(?:Z|GMT|[+-]\d{2}:?\d{2})$/i.test(value) ? value : `${value}Z`;
  const atMs = Date.parse(zoned.replace(" ", "T"));
  return Number.isNaN(atMs) ? undefined : atMs;
}

export function readSession(data: unknown): (Session & { readonly userId?: string }) | undefined {
  const { data: answer } = sessionAnswer.safeParse(data);
  if (answer === undefined) return undefined;
  const session = { sessionId: answer.session_id, taskId: answer.task_id };
  return answer.user_id === undefined ? session : { ...session, userId: answer.user_id };
}

export function readCredits(data: unknown): Credits | undefined {
  const { data: answer } = creditsAnswer.safeParse(data);
  if (answer === undefined) return undefined;
  const frozen = answer.frozen ?? 0;
  return { available: answer.available, frozen, total: answer.total ?? answer.available + frozen };
}

/** Name of the first file that was taken; undefined where the service took none. */
export function readUploadedName(data: unknown, fallback: string): string | undefined {
  const { data: answer } = filesAnswer.safeParse(data);
  // An answer without a list is an older form: the call succeeded.
  if (answer === undefined || !hasFiles(data)) return fallback;
  if (answer.files.length === 0) return undefined;
  const { data: file } = uploadedFile.safeParse(answer.files[0]);
  return cleanLine(file?.filename ?? fallback);
}

const hasFiles = (data: unknown): boolean => data !== null && typeof data === "object" && "files" in data;

export const readClaimToken = (data: unknown): string | undefined =>
  claimAnswer.safeParse(data).data?.claim_token;

const finished = new Set(["completed", "complete", "succeeded", "success", "done"]);
const broken = new Set(["failed", "failure", "error", "cancelled", "canceled"]);

export function readRender(data: unknown, apiUrl: string): RenderState | undefined {
  const { data: answer } = renderAnswer.safeParse(data);
  if (answer === undefined) return undefined;
  const status = answer.status.toLowerCase();
  const url = absoluteUrl(answer.output?.url ?? answer.outputUrl, apiUrl);
  const message = answer.error ?? answer.message;
  return {
    status: finished.has(status)
      ? "completed"
      : broken.has(status)
        ? "failed"
        : status === "pending"
          ? "pending"
          : "processing",
    ...(answer.progress !== undefined && { share: within(answer.progress / 100, 1) }),
    ...(url !== undefined && { url }),
    ...(message !== undefined && { message: cleanLine(message) }),
  };
}

function absoluteUrl(url: string | undefined, apiUrl: string): string | undefined {
  return url !== undefined && URL.canParse(url, apiUrl) ? new URL(url, apiUrl).href : undefined;
}

/** The draft in a state's answer; undefined where there is none yet. `answerText` is the whole body, as it came. */
export function readDraft(data: unknown, answerText: string, hash: Hash): Draft | undefined {
  const draft = stateAnswer.safeParse(data).data?.state?.draft;
  if (draft === null || typeof draft !== "object" || Object.keys(draft).length === 0) return undefined;
  const opaque =
    rawMember(answerText, ["data", "state", "draft"]) ??
    rawMember(answerText, ["state", "draft"]) ??
    JSON.stringify(draft);
  const timeline = toTimeline(draft);
  const ready = timeline.tracks.some((track) => track.segments.length > 0);
  return { opaque, fingerprint: hash(opaque), ready, timeline };
}

/** Files in a state's answer: 0 where it shows none. */
export const countFiles = (data: unknown): number =>
  stateAnswer.safeParse(data).data?.state?.video_infos.length ?? 0;

/** Reads what lies on a draft's timeline. Never fails: what is not understood is left out. */
export function toTimeline(draft: unknown): Timeline {
  const { data } = draftShape.safeParse(draft);
  const tracks = (data?.t ?? []).map(toTrack);
  const ends = tracks.flatMap((track) => track.segments.map((one) => one.startMs + one.durationMs));
  const title = data?.m?.title === undefined ? "" : cleanLine(data.m.title);
  return {
    durationMs: length(data?.d) ?? ends.reduce((longest, end) => Math.max(longest, end), 0),
    ...(length(data?.m?.width) !== undefined && { width: length(data?.m?.width) ?? 0 }),
    ...(length(data?.m?.height) !== undefined && { height: length(data?.m?.height) ?? 0 }),
    ...(title !== "" && { title }),
    tracks,
  };
}

const kinds = new Map<number | undefined, Track["kind"]>([
  [0, "video"],
  [1, "audio"],
  [7, "text"],
]);

function toTrack(track: unknown): Track {
  const { data } = trackShape.safeParse(track);
  let cursorMs = 0;
  const segments: Segment[] = [];
  for (const one of data?.sg ?? []) {
    const segment = toSegment(one, cursorMs);
    cursorMs = segment.startMs + segment.durationMs;
    segments.push(segment);
  }
  return { kind: kinds.get(data?.tt) ?? "other", segments };
}

/** A segment without a start begins where the one before it ends. */
function toSegment(segment: unknown, cursorMs: number): Segment {
  const { data } = segmentShape.safeParse(segment);
  const name = cleanLine(data?.m?.name ?? "", 120);
  const text = cleanLine(data?.m?.text ?? "", 300);
  return {
    startMs: length(data?.s) ?? cursorMs,
    durationMs: length(data?.d) ?? 0,
    ...(name !== "" && { name }),
    ...(text !== "" && { text }),
    ...(data?.m?.volume !== undefined && { volume: within(data.m.volume, 1) }),
  };
}

const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));
const length = (value: number | undefined): number | undefined =>
  value === undefined || value < 0 ? undefined : value;

// Requests.

export const paths = {
  token: "/api/auth/anonymous-token",
  session: "/api/tasks/me/with-session/nemo_agent",
  credits: "/api/credits/balance/simple",
  turn: "/run_sse",
  render: "/api/render/proxy/lambda",
  claim: "/api/auth/claim-token",
  upload: (sessionId: string): string => `/api/upload-video/nemo_agent/me/${encodeURIComponent(sessionId)}`,
  state: (sessionId: string): string => `/api/state/nemo_agent/me/${encodeURIComponent(sessionId)}/latest`,
  renderState: (id: string): string => `/api/render/proxy/lambda/${encodeURIComponent(id)}`,
  download: (id: string): string => `/api/render/proxy/${encodeURIComponent(id)}/download`,
} as const;

export const bodies = {
  session: (language: string): string => JSON.stringify({ task_name: "project", language }),
  uploadUrl: (url: string): string => JSON.stringify({ urls: [url], source_type: "url" }),
  turn: (sessionId: string, prompt: string): string =>
    JSON.stringify({
      app_name: "nemo_agent",
      user_id: "me",
      session_id: sessionId,
      new_message: { parts: [{ text: prompt }] },
    }),
  claim: (session: Session): string =>
    JSON.stringify({ task_id: session.taskId, session_id: session.sessionId }),
  /** The draft goes in as the text it came as: parsing would change its numbers. */
  render: (request: {
    readonly session: SessionRef;
    readonly renderId: string;
    readonly draft: Draft;
    readonly format: Format;
    readonly quality: Quality;
  }): string => {
    const output = JSON.stringify({ format: request.format, quality: request.quality });
    const [id, sessionId] = [JSON.stringify(request.renderId), JSON.stringify(request.session.sessionId)];
    return `{"id":${id},"sessionId":${sessionId},"draft":${request.draft.opaque},"output":${output}}`;
  },
} as const;
