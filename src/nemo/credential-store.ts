/** An anonymous token as it is kept. It is the key to what was paid under it. */
export interface StoredToken {
  readonly token: string;
  /** The client id that the token was given to: the same id gets the same account again. */
  readonly clientId: string;
  readonly userId?: string;
  /** What the account is known by, where that is not the user id: it was not told at first. */
  readonly identity?: string;
  readonly expiresAtMs: number;
  readonly savedAtMs: number;
}

/** Keeps what may not be lost or shown: files of mode 0600, on disk before a write resolves. */
export interface CredentialStore {
  readClientId(): Promise<string | undefined>;
  /** Keeps the id, unless one is kept already. */
  writeClientId(clientId: string): Promise<void>;
  readToken(origin: string): Promise<StoredToken | undefined>;
  writeToken(origin: string, token: StoredToken): Promise<void>;
}
