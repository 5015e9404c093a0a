import { join } from "node:path";
import type { Journal } from "../executor/ports.ts";
import { credentialFolder } from "../files/credential-folder.ts";
import type { CredentialStore } from "../nemo/credential-store.ts";
import type { Screen } from "./screen.ts";
import { wallClock } from "./wall-clock.ts";

export interface LocalBackend {
  readonly apiUrl: string;
  readonly credentials: CredentialStore;
  close(): Promise<void>;
}

/** Never spent: what is made here is a preview. */
const credits = 1_000_000_000;
const look = 250;

/**
 * The local backend inside this process, on a free port. Its sessions outlive it, so that a later run can go on;
 * for that reason one process at a time has it open, and others wait.
 */
export async function openLocalBackend(options: {
  readonly stateDir: string;
  readonly journal: Journal;
  readonly screen: Screen;
  readonly signal?: AbortSignal;
}): Promise<LocalBackend> {
  const folder = join(options.stateDir, "local-backend");
  const lock = await waitForLock(options);
  try {
    const { startBackend } = await import("./start-backend.ts");
    const emulator = await startBackend({ stateDir: folder, credits });
    return {
      apiUrl: emulator.url,
      credentials: underOneName(credentialFolder(folder)),
      close: async () => {
        await emulator.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function waitForLock({
  journal,
  screen,
  signal,
}: {
  readonly journal: Journal;
  readonly screen: Screen;
  readonly signal?: AbortSignal;
}): Promise<{ release(): Promise<void> }> {
  for (let told = false; ; told = true) {
    const lock = await journal.lock("local-backend");
    if (lock !== undefined) return lock;
    if (!told)
      screen.note("Another process is using the local backend of this state folder: waiting for it.");
    await wallClock.sleep(look, signal);
  }
}

/** The port differs each time, the account does not. */
function underOneName(store: CredentialStore): CredentialStore {
  return {
    readClientId: () => store.readClientId(),
    writeClientId: (id) => store.writeClientId(id),
    readToken: () => store.readToken("local"),
    writeToken: (_origin, token) => store.writeToken("local", token),
  };
}
