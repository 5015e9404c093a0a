import type { Clock } from "../base/clock.ts";
import { Failure } from "../base/failure.ts";
import type { NewId } from "../base/ids.ts";
import type { CredentialStore, StoredToken } from "./credential-store.ts";
import type { TokenGrant } from "./wire.ts";

export interface TokenSourceOptions {
  readonly origin: string;
  readonly clientId?: string;
  readonly credentials: CredentialStore;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Asks the service for a token. Throws `bad-request` where it does not take the client id. */
  readonly fetchToken: (clientId: string) => Promise<TokenGrant>;
  /** Hears that the service lets wait for a token. */
  readonly onTokenWait?: (delayMs: number) => void;
  /** Ends such a wait. */
  readonly signal?: AbortSignal;
}

export interface TokenSource {
  /** The token for the next call, which is another one than the refused. */
  need(refused?: string): Promise<StoredToken>;
  /** The token that was needed last. */
  current(): StoredToken | undefined;
}

const lifetimeMs = 7 * 86_400_000;
// Long enough for the longest turn to end under the token that it began with.
const marginMs = 30 * 60_000;
// Tokens are rationed by the week: a longer wait is the person's, who may use a token of another kind meanwhile.
const longestWaitMs = 60_000;
const isClientId = (text: string): boolean => /^[\x21-\x7e]{1,64}$/.test(text);

/**
 * Owns: the anonymous token. Talks to: the credential store, the service.
 * Invariants: one token call at a time; a token is on disk before it is used; the client id never changes.
 */
export function tokenSource(options: TokenSourceOptions): TokenSource {
  const { clock, credentials, origin } = options;
  let current: StoredToken | undefined;
  let pending: Promise<StoredToken> | undefined;
  /** The token in whose place there is no better one for now: it is good to its last minute. */
  let lastOne: string | undefined;

  const isGood = (stored: StoredToken, refused?: string): boolean =>
    stored.token !== refused &&
    stored.expiresAtMs - (stored.token === lastOne ? 0 : marginMs) > clock.now() &&
    (options.clientId === undefined || stored.clientId === options.clientId);

  const load = async (refused?: string): Promise<StoredToken | undefined> => {
    const stored = await credentials.readToken(origin);
    return stored !== undefined && isGood(stored, refused) ? stored : undefined;
  };

  const obtain = async (refused?: string): Promise<StoredToken> => {
    const kept = await load(refused);
    if (kept !== undefined) return kept;
    const clientId = await findClientId(options);
    try {
      return await fetchAndKeep(options, clientId);
    } catch (error) {
      if (isFailure(error, "rate-limited")) {
        // What is kept by now: another process may have been given the token of this client a moment ago.
        lastOne = (await credentials.readToken(origin))?.token;
        const other = await load(refused);
        if (other !== undefined) return other;
        if (await waitOnce(options, error)) return fetchAndKeep(options, clientId);
      }
      if (!isFailure(error, "bad-request")) throw error;
      // Never under another id: what was paid belongs to the account of this one.
      return fetchAndKeep(options, await findClientId(options));
    }
  };

  return {
    need: async (refused) => {
      if (current !== undefined && isGood(current, refused)) return current;
      pending ??= obtain(refused).finally(() => (pending = undefined));
      current = await pending;
      // A short one is not asked for anew at each call: they are rationed.
      if (!isGood(current)) lastOne = current.token;
      return current;
    },
    current: () => current,
  };
}

async function findClientId(options: TokenSourceOptions): Promise<string> {
  if (options.clientId !== undefined && options.clientId !== "") {
    if (isClientId(options.clientId)) return options.clientId;
    throw new Failure({
      code: "bad-request",
      message: "NEMO_CLIENT_ID is no client id.",
      hint: "It has at most 64 printable characters and no spaces.",
      sent: "rejected",
    });
  }
  const kept = await options.credentials.readClientId();
  return kept !== undefined && isClientId(kept) ? kept : makeClientId(options);
}

async function makeClientId({ credentials, newId }: TokenSourceOptions): Promise<string> {
  const clientId = newId("client").slice(0, 64);
  await credentials.writeClientId(clientId);
  // Of two processes that begin at once the first wins: two ids would be two accounts, and one token would be lost.
  return (await credentials.readClientId()) ?? clientId;
}

async function fetchAndKeep(options: TokenSourceOptions, clientId: string): Promise<StoredToken> {
  const grant = await options.fetchToken(clientId);
  const savedAtMs = options.clock.now();
  const token: StoredToken = {
    token: grant.token,
    clientId,
    ...knownAs(grant.userId, clientId, await options.credentials.readToken(options.origin)),
    expiresAtMs: grant.expiresAtMs ?? savedAtMs + lifetimeMs,
    savedAtMs,
  };
  await options.credentials.writeToken(options.origin, token);
  return token;
}

/** One client id is one account, whether its user id is told always, late, or no more; two user ids are two. */
function knownAs(
  userId: string | undefined,
  clientId: string,
  before: StoredToken | undefined,
): Pick<StoredToken, "userId" | "identity"> {
  const known = before?.clientId === clientId ? before : undefined;
  const named = userId ?? known?.userId;
  const now = { clientId, ...(named !== undefined && { userId: named }) };
  const isSame = known !== undefined && (known.userId === undefined || known.userId === named);
  const identity = identityOf(isSame ? known : now);
  return {
    ...(named !== undefined && { userId: named }),
    ...(identity !== identityOf(now) && { identity }),
  };
}

/** What an account is known by. */
export const identityOf = ({
  identity,
  userId,
  clientId,
}: Pick<StoredToken, "identity" | "userId" | "clientId">): string =>
  identity ?? (userId === undefined ? `client:${clientId}` : `user:${userId}`);

/** After a refusal that asks for a short wait: true when it is over. */
async function waitOnce(
  { clock, onTokenWait, signal }: TokenSourceOptions,
  error: unknown,
): Promise<boolean> {
  const delayMs = (error instanceof Failure ? error.facts.retryAfterMs : undefined) ?? Infinity;
  if (delayMs > longestWaitMs) return false;
  onTokenWait?.(delayMs);
  await clock.sleep(delayMs, signal);
  return true;
}

const isFailure = (error: unknown, code: string): boolean =>
  error instanceof Failure && error.facts.code === code;
