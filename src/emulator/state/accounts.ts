// Owns: accounts, their tokens and credits. Talks to: the store.
// Invariants: available and frozen are never negative; a client id is one identity for ever.
import { digest, randomName } from "./random-id.ts";
import type { Store } from "./store.ts";

export interface Account {
  readonly userId: string;
  readonly kind: "anonymous" | "registered";
  available: number;
  frozen: number;
}

export interface Token {
  readonly token: string;
  readonly userId: string;
  /** Milliseconds since 1970. */
  expiresAtMs: number;
}

export interface Accounts {
  /** A fresh token for a client id; the account behind it is always the same one. */
  issue(clientId: string): { token: Token; account: Account };
  /** The account of a token, or `undefined` when the token is unknown or expired. */
  find(token: string): Account | undefined;
  expire(token: string): void;
  /** Moves credits from available to frozen; false when there are too few. */
  freeze(userId: string, credits: number): boolean;
  /** Takes frozen credits off the account for good. */
  charge(userId: string, credits: number): void;
  all(): readonly Account[];
}

const week = 7 * 24 * 60 * 60 * 1000;
/** Any token of this form is a registered account with a million credits, made on first sight. */
const registeredCredits = 1_000_000;
const registeredToken = /^nmv_local_[\w-]{1,64}$/;

interface Saved {
  accounts: Account[];
  tokens: Token[];
}

export function openAccounts(store: Store, startCredits: number): Accounts {
  const saved = (store.read("accounts.json") as Saved | undefined) ?? { accounts: [], tokens: [] };
  const accounts = new Map(saved.accounts.map((account) => [account.userId, account]));
  const tokens = new Map(saved.tokens.map((token) => [token.token, token]));
  const save = (): void =>
    store.write("accounts.json", { accounts: [...accounts.values()], tokens: [...tokens.values()] });

  const open = (userId: string, kind: Account["kind"]): Account => {
    const known = accounts.get(userId);
    if (known !== undefined) return known;
    const available = kind === "registered" ? registeredCredits : startCredits;
    const account = { userId, kind, available, frozen: 0 };
    accounts.set(userId, account);
    return account;
  };
  const addToken = (token: string, userId: string): Token => {
    const entry = { token, userId, expiresAtMs: Date.now() + week };
    tokens.set(token, entry);
    save();
    return entry;
  };

  return {
    issue(clientId) {
      const account = open(`anon_${digest(clientId)}`, "anonymous");
      return { token: addToken(randomName("nmv_usr_"), account.userId), account };
    },
    find(token) {
      if (!tokens.has(token) && registeredToken.test(token)) {
        addToken(token, open(`user_${digest(token)}`, "registered").userId);
      }
      const entry = tokens.get(token);
      return entry !== undefined && entry.expiresAtMs > Date.now() ? accounts.get(entry.userId) : undefined;
    },
    expire(token) {
      const entry = tokens.get(token);
      if (entry !== undefined) entry.expiresAtMs = 0;
      save();
    },
    freeze(userId, credits) {
      const account = accounts.get(userId);
      if (account === undefined || account.available < credits) return false;
      account.available -= credits;
      account.frozen += credits;
      save();
      return true;
    },
    charge(userId, credits) {
      const account = accounts.get(userId);
      if (account !== undefined) account.frozen = Math.max(0, account.frozen - credits);
      save();
    },
    all: () => [...accounts.values()],
  };
}
