import { Failure } from "../base/failure.ts";
import type { Hash } from "../base/hash.ts";
import type { Account } from "../executor/ports.ts";
import type { StoredToken } from "./credential-store.ts";
import { identityOf, tokenSource, type TokenSourceOptions } from "./token-source.ts";

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

export interface AccountOptions extends TokenSourceOptions {
  readonly webUrl: string;
  readonly token?: string;
  readonly hash: Hash;
}

const rememberedSessions = 10_000;

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
 * Owns: which account each session belongs to. Talks to: the source of tokens.
 * Invariants: a session never changes its account.
 */
function anonymousAccount(options: AccountOptions): AccountKeeper {
  const { hash } = options;
  const { need, current } = tokenSource(options);
  const owners = new Map<string, string>();
  let learnedUser: string | undefined;

  const idOf = (stored: StoredToken): string => hash(identityOf(stored));

  const registerUrl = (): string => {
    const userId = current()?.userId ?? learnedUser;
    const bind = userId === undefined ? "" : `?bind=${encodeURIComponent(userId)}`;
    return `${options.webUrl}/register${bind}`;
  };

  return {
    kind: "anonymous",
    token: async () => (await need()).token,
    renew: async (refused) => (await need(refused)).token,
    guard: (sessionId) => {
      const stored = current();
      if (stored === undefined) return;
      const id = idOf(stored);
      const owner = owners.get(sessionId) ?? id;
      owners.delete(sessionId);
      owners.set(sessionId, owner);
      if (owners.size > rememberedSessions) owners.delete(owners.keys().next().value ?? "");
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

function accountChanged(registerUrl: string): Failure {
  return new Failure({
    code: "account-changed",
    message: "The new anonymous token belongs to another account than the one that paid for this session.",
    hint: `The session stays with the old account. New work goes to the new one; to keep it, register: ${registerUrl}`,
    sent: "rejected",
  });
}
