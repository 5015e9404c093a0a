import { cleanLine } from "../base/clean-text.ts";
import type { Clock } from "../base/clock.ts";
import { Failure } from "../base/failure.ts";
import type { Notice } from "../report/notice.ts";
import { discordMessage } from "./discord-message.ts";
import { slackMessage } from "./slack-message.ts";
import type { MessageShape } from "./addressee.ts";

export interface PostRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

export interface PostAnswer {
  readonly status: number;
  /** Its `Retry-After`, as it came. */
  readonly retryAfter?: string;
  /** The beginning of the body. */
  readonly text: string;
}

/** Sends one POST once, in bounded time, and follows no redirect. A Failure where no complete answer came. */
export type Post = (request: PostRequest) => Promise<PostAnswer>;

export interface PostPorts {
  readonly post: Post;
  readonly clock: Clock;
}

const mostTries = 3;
const firstDelayMs = 2_000;
/** Who asks for a longer pause is not waited for: news would be old, and a run would hang on them. */
const longestDelayMs = 15_000;

const shapes: Readonly<Record<MessageShape, (notice: Notice) => object>> = {
  webhook: (notice) => notice,
  slack: slackMessage,
  discord: discordMessage,
};

/** Posts a notice, again where the other side is away or busy. Undefined when it was taken, else why it was not. */
export async function postMessage(
  notice: Notice,
  to: { readonly kind: MessageShape; readonly url: URL; readonly signal: AbortSignal },
  { post, clock }: PostPorts,
): Promise<string | undefined> {
  const { kind, signal } = to;
  const { url, authorization } = withoutLogin(to.url);
  const request = {
    url,
    headers: { "Content-Type": "application/json", ...authorization },
    body: JSON.stringify(shapes[kind](notice)),
    signal,
  };
  for (let tries = 1; ; tries++) {
    const outcome = await tryOnce(request, post);
    if (outcome === undefined) return undefined;
    const delayMs = pauseMs(outcome.retryAfter, clock.now()) ?? firstDelayMs * 2 ** (tries - 1);
    if (!outcome.mayPass || tries === mostTries || delayMs > longestDelayMs) return outcome.why;
    try {
      await clock.sleep(delayMs, signal);
    } catch {
      return outcome.why;
    }
  }
}

interface Refusal {
  readonly why: string;
  /** The same message may be taken later. */
  readonly mayPass: boolean;
  readonly retryAfter?: string;
}

async function tryOnce(request: PostRequest, post: Post): Promise<Refusal | undefined> {
  try {
    const { status, retryAfter, text } = await post(request);
    if (status >= 200 && status < 300) return undefined;
    const said = cleanLine(text, 120);
    const mayPass = status === 408 || status === 429 || status >= 500;
    const why = isRedirect(status)
      ? `it sends on to another address (${status}), which is not followed: name that one`
      : `it answered ${status}${said === "" ? "" : `: ${said}`}`;
    return { why, mayPass, ...(retryAfter !== undefined && { retryAfter }) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const stopped = error.facts.code === "interrupted";
    return { why: stopped ? "there was no time left" : error.facts.message, mayPass: !stopped };
  }
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/** Seconds or a date; undefined for anything else. */
function pauseMs(header: string | undefined, nowMs: number): number | undefined {
  const text = (header ?? "").trim();
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const atMs = /\d{1,2}:\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

/** A name and a password in an address are meant for its header. */
function withoutLogin(given: URL): { readonly url: URL; readonly authorization: Record<string, string> } {
  const url = new URL(given);
  const { username, password } = url;
  [url.username, url.password, url.hash] = ["", "", ""];
  if (username === "" && password === "") return { url, authorization: {} };
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url, authorization: { Authorization: `Basic ${Buffer.from(login).toString("base64")}` } };
}
