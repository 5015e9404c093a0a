import type { Clock } from "../base/clock.ts";
import { Failure } from "../base/failure.ts";
import type { Hash } from "../base/hash.ts";
import type { NewId } from "../base/ids.ts";
import type { Account } from "../executor/ports.ts";
import type { CredentialStore, StoredToken } from "./credential-store.ts";
import type { TokenGrant } from "./wire.ts";

export interface AccountKeeper {
  readonly kind: Account["kind"];
  /** The token for the next call; an anonymous one is fetched when it is first needed. */
  token(): Promise<string>;
  /** Another token in place of one that the service refused; undefined where there can be none (NEMO_TOKEN). */
  renew(refused: string): Promise<string | undefined>;
  /** Throws `account-changed` where the session belongs to another account than the token does by now. */
  guard(sessionId: string): void;
  account(): Promise<Account>;
  registerUrl(): string;
  /** For the page to register on; who the account is was settled with its token. */
  learnUser(userId: string): void;
}

export interface AccountOptions {
  readonly origin: string;
  readonly webUrl: string;
  readonly token?: string;
  readonly clientId?: string;
  readonly credentials: CredentialStore;
  readonly clock: Clock;
  readonly hash: Hash;
  readonly newId: NewId;
  /** Asks the service for a token. Throws `bad-request` where it does not take the client id. */
  readonly fetchToken: (clientId: string) => Promise<TokenGrant>;
}

const lifetimeMs = 7 * 86_400_000;
// Long enough for the longest turn to end under the token that it began with.
const marginMs = 30 * 60_000;
const rememberedSessions = 10_000;
const isClientId = (text: string): boolean => /^[\x21-\x7e]{1,64}$/.test(text);

export function keepAccount(options: AccountOptions): AccountKeeper {
  return options.token === undefined || options.token === ""
    ? anonymousAccount(options)
    : registeredAccount(options, options.token);
}

function registeredAccount({ hash, webUrl }: AccountOptions, token: string): AccountKeeper {
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new Failure({
      code: "unauthorized",
      message: "NEMO_TOKEN holds characters that no token has.",
      hint: "Copy the token again, without spaces or line ends.",
      sent: "not-sent",
    });
  return {
    kind: "registered",
    token: () => Promise.resolve(token),
    renew: () => Promise.resolve(undefined),
    guard: () => undefined,
    account: () => Promise.resolve({ id: hash(`token:${token}`), kind: "registered" }),
    registerUrl: () => webUrl,
    learnUser: () => undefined,
  };
}

/**
 * Owns: the anonymous token and which account each session belongs to. Talks to: the credential store, the service.
 * Invariants: one token call at a time; a token is on disk before it is used; the client id never changes but where
 * the service refuses it.
 */
function anonymousAccount(options: AccountOptions): AccountKeeper {
  const { clock, credentials, hash, origin } = options;
  const owners = new Map<string, string>();
  let current: StoredToken | undefined;
  let pending: Promise<StoredToken> | undefined;
  let learnedUser: string | undefined;

  const isGood = (stored: StoredToken, refused?: string): boolean =>
    stored.token !== refused &&
    stored.expiresAtMs - marginMs > clock.now() &&
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
      // Another process may have been given the token of this client a moment ago.
      const other = isFailure(error, "rate-limited") ? await load(refused) : undefined;
      if (other !== undefined) return other;
      if (!isFailure(error, "bad-request")) throw error;
      return fetchAndKeep(options, await makeClientId(options));
    }
  };

  const need = async (refused?: string): Promise<StoredToken> => {
    if (current !== undefined && isGood(current, refused)) return current;
    pending ??= obtain(refused).finally(() => (pending = undefined));
    current = await pending;
    return current;
  };

  const idOf = (stored: StoredToken): string =>
    hash(stored.userId === undefined ? `client:${stored.clientId}` : `user:${stored.userId}`);

  const registerUrl = (): string => {
    const userId = current?.userId ?? learnedUser;
    const bind = userId === undefined ? "" : `?bind=${encodeURIComponent(userId)}`;
    return `${options.webUrl}/register${bind}`;
  };

  return {
    kind: "anonymous",
    token: async () => (await need()).token,
    renew: async (refused) => (await need(refused)).token,
    guard: (sessionId) => {
      if (current === undefined) return;
      const id = idOf(current);
      const owner = owners.get(sessionId) ?? id;
      owners.delete(sessionId);
      owners.set(sessionId, owner);
      if (owners.size > rememberedSessions) owners.delete([...owners.keys()][0] ?? "");
      if (owner !== id) throw accountChanged(registerUrl());
    },
    account: async () => {
      const stored = await need();
      const { expiresAtMs } = stored;
      return { id: idOf(stored), kind: "anonymous", expiresAtMs, registerUrl: registerUrl() };
    },
    registerUrl,
    learnUser: (userId) => void (learnedUser = userId),
  };
}

async function findClientId(options: AccountOptions): Promise<string> {
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

async function makeClientId({ credentials, newId }: AccountOptions): Promise<string> {
  const clientId = newId("client").slice(0, 64);
  await credentials.writeClientId(clientId);
  // Of two processes that begin at once the first wins: two ids would be two accounts, and one token would be lost.
  return (await credentials.readClientId()) ?? clientId;
}

async function fetchAndKeep(options: AccountOptions, clientId: string): Promise<StoredToken> {
  const grant = await options.fetchToken(clientId);
  const savedAtMs = options.clock.now();
  const token: StoredToken = {
    token: grant.token,
    clientId,
    ...(grant.userId !== undefined && { userId: grant.userId }),
    expiresAtMs: grant.expiresAtMs ?? savedAtMs + lifetimeMs,
    savedAtMs,
  };
  await options.credentials.writeToken(options.origin, token);
  return token;
}

const isFailure = (error: unknown, code: string): boolean =>
  error instanceof Failure && error.facts.code === code;

function accountChanged(registerUrl: string): Failure {
  return new Failure({
    code: "account-changed",
    message: "The new anonymous token belongs to another account than the one that paid for this session.",
    hint: `The session stays with the old account. New work goes to the new one; to keep it, register: ${registerUrl}`,
    sent: "rejected",
  });
}
