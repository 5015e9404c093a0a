import { createHash, randomBytes } from "node:crypto";
import { idsFrom } from "../../src/base/ids.ts";
import { Failure, type FailureFacts } from "../../src/base/failure.ts";
import type { ByteSink, ByteSource, SessionRef } from "../../src/executor/ports.ts";
import type { CredentialStore, StoredToken } from "../../src/nemo/credential-store.ts";
import { createHttpService, type HttpService, type HttpServiceOptions } from "../../src/nemo/http-service.ts";
import type { Timeouts } from "../../src/recipe/recipe.ts";
import { wallClock } from "../support/wall-clock.ts";

export const sessionRef: SessionRef = {
  sessionId: "7301234567890123456",
  taskId: "task_1",
  skill: { name: "image-video", version: "1.0.0" },
};

export const timeouts: Timeouts = {
  turnMs: 900_000,
  silenceMs: 600_000,
  idleMs: 120_000,
  changeMs: 300_000,
  renderMs: 300_000,
};

export interface MemoryCredentials extends CredentialStore {
  clientId: string | undefined;
  readonly tokens: Map<string, StoredToken>;
  readonly writes: string[];
}

export function memoryCredentials(clientId?: string): MemoryCredentials {
  const tokens = new Map<string, StoredToken>();
  const store: MemoryCredentials = {
    clientId,
    tokens,
    writes: [],
    readClientId: () => Promise.resolve(store.clientId),
    writeClientId: (id) => {
      store.writes.push(`client ${id}`);
      if (!/^[\x21-\x7e]{1,64}$/.test(store.clientId ?? "")) store.clientId = id;
      return Promise.resolve();
    },
    readToken: (origin) => Promise.resolve(tokens.get(origin)),
    writeToken: (origin, token) => {
      store.writes.push(`token ${token.token}`);
      tokens.set(origin, token);
      return Promise.resolve();
    },
  };
  return store;
}

export const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A service with NEMO_TOKEN set, unless the options say otherwise (`token: ""` is none). */
export function makeService(apiUrl: string, options: Partial<HttpServiceOptions> = {}): HttpService {
  return createHttpService({
    backend: new URL(apiUrl).origin,
    apiUrl,
    webUrl: "https://web.example",
    token: "nmv_secret_canary",
    credentials: memoryCredentials(),
    platform: "unknown",
    defaultSkill: { name: "image-video", version: "1.0.0" },
    clock: wallClock(),
    hash,
    newId: idsFrom((count) => randomBytes(count)),
    ...options,
  });
}

/** The facts of the Failure that a promise rejects with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<FailureFacts> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Failure) return error.facts;
    throw error;
  }
  throw new Error("expected a Failure, and it succeeded");
}

export function bytesSource(name: string, bytes: Uint8Array, chunkBytes = 65_536): ByteSource {
  return {
    name,
    sizeBytes: bytes.byteLength,
    async *open(fromByte = 0) {
      for (let at = fromByte; at < bytes.byteLength; at += chunkBytes)
        yield bytes.subarray(at, Math.min(bytes.byteLength, at + chunkBytes));
    },
  };
}

/** A sink factory that keeps what was written last. */
export function memorySink(): { openSink: () => Promise<ByteSink>; bytes(): Buffer; opened(): number } {
  let chunks: Uint8Array[] = [];
  let opened = 0;
  return {
    openSink: () => {
      chunks = [];
      opened++;
      return Promise.resolve({
        write: (chunk) => {
          chunks.push(Uint8Array.from(chunk));
          return Promise.resolve();
        },
      });
    },
    bytes: () => Buffer.concat(chunks),
    opened: () => opened,
  };
}
