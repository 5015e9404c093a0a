import { assert } from "../base/assert.ts";
import type { Clock } from "../base/clock.ts";
import { Failure } from "../base/failure.ts";
import type { Session } from "../job/event.ts";
import type { Skill } from "../recipe/recipe.ts";
import type { AccountKeeper } from "./account-keeper.ts";
import { cleanLine } from "../base/clean-text.ts";
import { follow, type Channel, type Incoming } from "./channel.ts";
import { judgeAnswer } from "./judge-answer.ts";
import type { CallName, RefusalContext } from "./refusal.ts";
import { retryAfter } from "./retry-after.ts";
import type { Limits } from "./transport/deadlines.ts";
import type { StreamedBody } from "./transport/http-exchange.ts";
import { readWhole, unreadable } from "./transport/read-whole.ts";

export interface Call {
  readonly name: CallName;
  readonly method: "GET" | "POST";
  /** Below the service's address; a URL stands for itself, and must be on the service's origin. */
  readonly path: string | URL;
  readonly skill: Skill;
  readonly session?: Session;
  /** JSON text, or what {@link contentType} says. */
  readonly body?: string | StreamedBody;
  readonly contentType?: string;
  readonly accept?: string;
  /** What goes along beside what every call says. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of a token: the anonymous-token call. */
  readonly clientId?: string;
  readonly fresh?: boolean;
  readonly limits?: Limits;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly data: unknown;
  /** The body as it came. */
  readonly text: string;
}

export interface Caller {
  readonly apiUrl: URL;
  /** One call with an answer read whole. A refused anonymous token is renewed, and the call made once more. */
  call(call: Call): Promise<Answer>;
  /** One request, never repeated; the answer is not judged yet. */
  open(call: Call, token: string | undefined, away?: (url: URL) => Promise<Incoming>): Promise<Incoming>;
  /** Reads an answer whole and judges it. */
  finish(name: CallName, incoming: Incoming): Promise<Answer>;
  /** What `send` gives with a token, and once more with a new one where the service refused the first. */
  withToken<T>(session: Session | undefined, send: (token: string) => Promise<T>): Promise<T>;
  /** After a refusal that is not to be followed by the same call: true where the next one will find another token. */
  distrust(token: string): Promise<boolean>;
  /** Some answers tell the user id where the token's did not. */
  learnUser(userId: string): void;
  context(name: CallName, incoming?: Incoming): Omit<RefusalContext, "said">;
}

export interface CallerOptions {
  readonly channel: Channel;
  readonly apiUrl: URL;
  readonly webUrl: string;
  readonly platform: string;
  readonly clock: Clock;
  /** Late, because the keeper itself calls the service for its token. */
  readonly keeper: () => AccountKeeper;
}

export const connectMs = 20_000;
const usualLimits: Limits = { connect: connectMs, idle: 60_000, whole: 180_000 };
// A state holds the whole draft; more than this is no draft.
const longestAnswerBytes = 64 * 1024 * 1024;

/** Every call to the service's own origin goes through here: the only place that puts credentials on a request. */
export function createCaller(options: CallerOptions): Caller {
  const { channel, apiUrl, keeper } = options;

  const context = (name: CallName, incoming?: Incoming): Omit<RefusalContext, "said"> => ({
    call: name,
    account: keeper().kind,
    registerUrl: keeper().registerUrl(),
    webUrl: options.webUrl,
    retryAfterMs: retryAfter(retryHeader(incoming), options.clock.now()),
  });

  const open: Caller["open"] = (call, token, away) => {
    const url = serviceUrl(apiUrl, call.path);
    const headers = headersOf(call, options.platform, token);
    const outgoing = {
      ...(call.body !== undefined && { body: call.body }),
      fresh: call.fresh === true,
      limits: call.limits ?? usualLimits,
      ...(call.signal && { signal: call.signal }),
    };
    if (call.method === "POST") return channel({ ...outgoing, method: "POST", url, headers });
    const mayVisit = (to: URL): boolean => to.origin === apiUrl.origin;
    return follow(channel, url, { headers, mayVisit, outgoing, ...(away && { away }) });
  };

  const finish = async (name: CallName, incoming: Incoming): Promise<Answer> => {
    const text = await readAnswer(incoming);
    return { text, data: judgeAnswer({ status: incoming.status, text }, context(name, incoming)) };
  };

  const withToken: Caller["withToken"] = async (session, send) => {
    const token = await keeper().token();
    if (session !== undefined) keeper().guard(session.sessionId);
    try {
      return await send(token);
    } catch (error) {
      if (!(error instanceof Failure) || error.facts.code !== "unauthorized") throw error;
      const renewed = await keeper().renew(token);
      if (renewed === undefined) throw error;
      if (session !== undefined) keeper().guard(session.sessionId);
      return send(renewed);
    }
  };

  return {
    apiUrl,
    open,
    finish,
    withToken,
    distrust: async (token) => {
      // The refusal is what the caller reports; why there is no other token shows at the next call.
      const renewed = await keeper()
        .renew(token)
        .catch(() => undefined);
      return renewed !== undefined && renewed !== token;
    },
    learnUser: (userId) => keeper().learnUser(userId),
    context,
    call: (call) =>
      call.clientId === undefined
        ? withToken(call.session, async (token) => finish(call.name, await open(call, token)))
        : open(call, undefined).then((incoming) => finish(call.name, incoming)),
  };
}

/** The whole body as text; throws a Failure where it does not come whole. */
export async function readAnswer(incoming: Incoming): Promise<string> {
  try {
    const encoding = incoming.header("content-encoding") ?? "identity";
    if (encoding !== "identity") throw unreadable(`is encoded as ${cleanLine(encoding, 40)}`);
    return await readWhole(incoming.body, longestAnswerBytes);
  } catch (error) {
    throw incoming.failure(error);
  } finally {
    incoming.deadlines.stop();
  }
}

function headersOf(call: Call, platform: string, token: string | undefined): Record<string, string> {
  return {
    Accept: call.accept ?? "application/json",
    "Accept-Encoding": "identity",
    ...call.headers,
    ...(call.body !== undefined && { "Content-Type": call.contentType ?? "application/json" }),
    ...skillHeaders(call.skill, platform),
    ...(call.clientId !== undefined && { "X-Client-Id": call.clientId }),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  };
}

function skillHeaders(skill: Skill, platform: string): Record<string, string> {
  return { "X-Skill-Source": skill.name, "X-Skill-Version": skill.version, "X-Skill-Platform": platform };
}

function serviceUrl(apiUrl: URL, path: string | URL): URL {
  if (typeof path === "string") return new URL(apiUrl.pathname.replace(/\/+$/, "") + path, apiUrl.origin);
  const url = new URL(path);
  assert(url.origin === apiUrl.origin, "credentials are for the service's origin only");
  [url.username, url.password] = ["", ""];
  return url;
}

function retryHeader(incoming: Incoming | undefined): string | undefined {
  const exact = incoming?.header("retry-after-ms");
  return exact === undefined ? incoming?.header("retry-after") : `${exact}ms`;
}
