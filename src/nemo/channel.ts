import type { Clock } from "../base/clock.ts";
import { Failure } from "../base/failure.ts";
import { isPrivateAddress } from "./transport/addresses.ts";
import { startDeadlines, type Deadlines, type Limits } from "./transport/deadlines.ts";
import type { HttpAnswer, HttpRequest, Transport } from "./transport/http-exchange.ts";
import { transportFailure } from "./transport/transport-failure.ts";

/** One address to ask, and how long to wait for it. */
export interface Outgoing extends Omit<HttpRequest, "signal" | "onConnected" | "onBytes"> {
  readonly limits: Limits;
  readonly signal?: AbortSignal;
}

/** An answer whose body may still be coming. */
export interface Incoming extends HttpAnswer {
  readonly url: URL;
  readonly deadlines: Deadlines;
  /** The Failure for an error of the body. */
  failure(error: unknown): Failure;
}

export type Channel = (outgoing: Outgoing) => Promise<Incoming>;

/** Sends one request within its limits. Whoever gets an answer calls `deadlines.stop()` when the body is over. */
export function openChannel(transport: Transport, clock: Clock): Channel {
  return async (outgoing) => {
    const deadlines = startDeadlines(clock, outgoing.limits, outgoing.signal);
    const failure = (error: unknown): Failure =>
      transportFailure(error, { peer: outgoing.url.origin, interrupted: outgoing.signal?.aborted === true });
    try {
      const answer = await transport.exchange(toRequest(outgoing, deadlines));
      return {
        status: answer.status,
        header: (name) => answer.header(name),
        body: answer.body,
        url: outgoing.url,
        deadlines,
        failure,
      };
    } catch (error) {
      deadlines.stop();
      throw failure(error);
    }
  };
}

function toRequest(outgoing: Outgoing, deadlines: Deadlines): HttpRequest {
  return {
    method: outgoing.method,
    url: outgoing.url,
    headers: outgoing.headers,
    ...(outgoing.body !== undefined && { body: outgoing.body }),
    fresh: outgoing.fresh === true,
    publicOnly: outgoing.publicOnly === true,
    signal: deadlines.signal,
    onConnected: () => {
      deadlines.lift("connect");
      deadlines.touch("idle");
    },
    onBytes: () => deadlines.touch("idle"),
  };
}

const mostHops = 5;

export interface Following {
  /** The same for each hop: `mayVisit` keeps them from places they are not meant for. */
  readonly headers: Readonly<Record<string, string>>;
  readonly mayVisit: (url: URL) => boolean;
  /** Takes over where a redirect leads to what may not be visited; without it that is a Failure. */
  readonly away?: (url: URL) => Promise<Incoming>;
  readonly outgoing: Omit<Outgoing, "url" | "headers" | "method">;
}

/** A GET that follows redirects by hand, so that each hop is judged before it is asked. */
export async function follow(channel: Channel, first: URL, following: Following): Promise<Incoming> {
  let url = first;
  for (let hop = 0; hop <= mostHops; hop++) {
    const incoming = await channel({
      ...following.outgoing,
      method: "GET",
      url,
      headers: following.headers,
    });
    const target = isRedirect(incoming.status) ? incoming.header("location") : undefined;
    if (target === undefined) return incoming;
    await abandon(incoming);
    if (!URL.canParse(target, url)) throw refusedRedirect(url, "an address that is none");
    url = new URL(target, url);
    if (following.mayVisit(url)) continue;
    if (following.away === undefined) throw refusedRedirect(first, url.origin);
    return following.away(url);
  }
  throw refusedRedirect(first, "one address after the other");
}

export const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** Ends an answer whose body nobody wants. */
export async function abandon(incoming: Incoming): Promise<void> {
  incoming.deadlines.stop();
  await incoming.body[Symbol.asyncIterator]().return?.();
}

function refusedRedirect(from: URL, to: string): Failure {
  return new Failure({
    code: "bad-answer",
    message: `${from.origin} sends us on to ${to}, which is not followed.`,
    hint: "Check NEMO_API_URL.",
    sent: "maybe-sent",
  });
}

/** True for what may be fetched at all: http(s), and nothing inside this network unless the service is there too. */
export function isFetchable(url: URL, service: URL): boolean {
  if (url.protocol !== "https:" && url.protocol !== "http:") return false;
  return isPrivateAddress(service.hostname) || !isPrivateAddress(url.hostname);
}
