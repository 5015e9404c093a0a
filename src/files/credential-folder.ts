// Owns: the client id and the tokens in the user's config folder. Talks to: the disk only.
// Invariants: readable by their owner only; on disk before a write resolves; a file is whole or absent; the first
// client id wins, in whichever process; tokens of different origins never overwrite each other, being files apart.
import { readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../base/failure.ts";
import { diskReason } from "./disk-failure.ts";
import { errorCode } from "./error-code.ts";
import { writeAtomically } from "./write-atomically.ts";

/** A token and the account that it opens. Times in milliseconds since 1970. */
export interface StoredToken {
  readonly token: string;
  readonly clientId: string;
  readonly userId?: string;
  readonly identity?: string;
  readonly expiresAtMs: number;
  readonly savedAtMs: number;
}

export interface CredentialFolder {
  /** The id under which this machine is known; undefined where there is none yet. */
  readClientId(): Promise<string | undefined>;
  /** Keeps the id, unless another process has kept one first: read it back. */
  writeClientId(id: string): Promise<void>;
  readToken(origin: string): Promise<StoredToken | undefined>;
  writeToken(origin: string, token: StoredToken): Promise<void>;
}

const clientIdShape = /^[\x21-\x7e]{1,64}$/;
const ownerOnly = { mode: 0o600, folderMode: 0o700 };

/** Credentials under `<configFolder>/nemovideo`. */
export function credentialFolder(configFolder: string): CredentialFolder {
  const folder = join(configFolder, "nemovideo");
  const clientIdPath = join(folder, "client_id");
  const tokenPath = (origin: string): string =>
    join(folder, "nemo-recipe-tokens", `${encodeURIComponent(origin)}.json`);

  const readClientId = async (): Promise<string | undefined> => {
    const id = (await readIfThere(clientIdPath))?.trim();
    return id !== undefined && clientIdShape.test(id) ? id : undefined;
  };

  return {
    readClientId,
    async writeClientId(id) {
      const written = await writeAtomically(clientIdPath, `${id}\n`, { ...ownerOnly, existing: "keep" });
      if (written || (await readClientId()) !== undefined) return;
      // What stands there is no id (an empty file, say): it makes room, and again the first one wins.
      await unlink(clientIdPath).catch(() => {});
      await writeAtomically(clientIdPath, `${id}\n`, { ...ownerOnly, existing: "keep" });
    },
    async readToken(origin) {
      const text = await readIfThere(tokenPath(origin));
      return text === undefined ? undefined : tokenFrom(text);
    },
    async writeToken(origin, token) {
      await writeAtomically(tokenPath(origin), `${JSON.stringify(token)}\n`, ownerOnly);
    },
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    const hint = "Make the file readable for your user: the id and the token open what was paid under them.";
    const message = `cannot read ${path}: ${diskReason(error)}`;
    throw new Failure({ code: "disk-error", message, hint, sent: "not-sent" }, error);
  }
}

function tokenFrom(text: string): StoredToken | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (value === null || typeof value !== "object") return undefined;
  const { token, clientId, userId, identity, expiresAtMs, savedAtMs } = value as Readonly<
    Record<string, unknown>
  >;
  if (typeof token !== "string" || typeof clientId !== "string") return undefined;
  if (typeof expiresAtMs !== "number" || typeof savedAtMs !== "number") return undefined;
  return {
    token,
    clientId,
    expiresAtMs,
    savedAtMs,
    ...(typeof userId === "string" && { userId }),
    ...(typeof identity === "string" && { identity }),
  };
}
