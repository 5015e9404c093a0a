import { join } from "node:path";
import type { JobLock, Journal } from "../executor/ports.ts";
import { credentialFolder } from "../files/credential-folder.ts";
import type { CredentialStore } from "../nemo/credential-store.ts";
import { exitCodes } from "./exit-code.ts";
import { knownPort, openLocalHost, type LocalHost } from "./local-host.ts";
import { isListening } from "./is-listening.ts";
import type { Screen } from "./screen.ts";
import { Stop } from "./stop.ts";
import { wallClock } from "./wall-clock.ts";

export interface LocalBackend {
  readonly apiUrl: string;
  readonly credentials: CredentialStore;
  close(): Promise<void>;
}

interface LocalPlace {
  readonly stateDir: string;
  readonly journal: Journal;
  readonly screen: Screen;
  readonly signal?: AbortSignal;
}

const lockName = "local-backend";
const lookMs = 100;
const tellAfterMs = 2_000;
const longestWaitMs = 60_000;

/**
 * The local backend of a state folder. One process has it open; others that come meanwhile work with that one, and the
 * first of them takes it over, under the same address, when its process ends. Its sessions outlive them all, so that a
 * later run can go on.
 */
export async function openLocalBackend(place: LocalPlace): Promise<LocalBackend> {
  const folder = join(place.stateDir, "local-backend");
  const credentials = underOneName(credentialFolder(folder));
  const found = await hostOrPort(folder, place);
  if (typeof found !== "number")
    return { apiUrl: urlOf(found.port), credentials, close: () => found.close() };
  const heir = inherit(folder, found, place.journal);
  return { apiUrl: urlOf(found), credentials, close: () => heir.close() };
}

const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

/** Opens the backend, or finds where another process has it open. */
async function hostOrPort(folder: string, place: LocalPlace): Promise<LocalHost | number> {
  const { journal, screen, stateDir, signal } = place;
  const sinceMs = wallClock.now();
  for (let isTold = false; ;) {
    const lock = await journal.lock(lockName);
    if (lock !== undefined) return openLocalHost(folder, lock);
    const port = await knownPort(folder);
    if (port !== undefined && (await isListening(port))) return port;
    const waitedMs = wallClock.now() - sinceMs;
    if (waitedMs > longestWaitMs) throw neverOpen(stateDir);
    if (waitedMs > tellAfterMs && !isTold) {
      screen.alert(
        `${screen.paint.yellow("!")} Another process is opening or closing the local backend of ${stateDir}: waiting for it, a minute at most.`,
      );
      isTold = true;
    }
    await wallClock.sleep(lookMs, signal);
  }
}

function neverOpen(stateDir: string): Stop {
  return new Stop(
    exitCodes.failed,
    `another process holds the local backend of ${stateDir}, and does not answer.`,
    {
      code: "local-busy",
      hint: "Nothing was sent. End that process if it hangs, or work in another folder: --state-dir <folder>.",
    },
  );
}

/** Waits until nobody has the backend open any more, and opens it under the address that is known. */
function inherit(folder: string, port: number, journal: Journal): { close(): Promise<void> } {
  const stop = new AbortController();
  const { signal } = stop;
  const takeOver = async (): Promise<LocalHost | undefined> => {
    while (!signal.aborted) {
      const lock: JobLock | undefined = await journal.lock(lockName);
      if (lock !== undefined) return openLocalHost(folder, lock, port);
      await wallClock.sleep(lookMs, signal).catch(() => undefined);
    }
    return undefined;
  };
  // Where that fails, the jobs find nobody at the address and say so.
  const taken = takeOver().catch(() => undefined);
  return {
    close: async () => {
      stop.abort();
      await (await taken)?.close();
    },
  };
}

/** The port differs now and then, the account does not. */
function underOneName(store: CredentialStore): CredentialStore {
  return {
    readClientId: () => store.readClientId(),
    writeClientId: (id) => store.writeClientId(id),
    readToken: () => store.readToken("local"),
    writeToken: (_origin, token) => store.writeToken("local", token),
  };
}
