import { join } from "node:path";
import type { JobLock } from "../executor/ports.ts";
import { readText } from "../files/read-text.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import { Stop } from "./stop.ts";

/** The local backend, open in this process. */
export interface LocalHost {
  readonly port: number;
  close(): Promise<void>;
}

/** Never spent: what is made here is a preview. */
const credits = 1_000_000_000;

/**
 * Opens the local backend in its folder and leaves word of its port there. Without a port it takes the one it had the
 * last time, if that is free. Releases the lock when it is closed, or cannot be opened.
 */
export async function openLocalHost(folder: string, lock: JobLock, port?: number): Promise<LocalHost> {
  try {
    const { startBackend } = await import("./start-backend.ts");
    const last = port ?? (await knownPort(folder));
    // Until this process listens, whoever else may do so there is not the backend.
    if (port === undefined && last !== undefined) await writeAtomically(portFile(folder), "");
    const start = (at?: number): ReturnType<typeof startBackend> =>
      startBackend({ stateDir: folder, credits, ...(at !== undefined && { port: at }) });
    const emulator = await start(last).catch((error: unknown) => {
      if (port === undefined && error instanceof Stop && error.code === "port-taken") return start();
      throw error;
    });
    if (port === undefined) await writeAtomically(portFile(folder), `${emulator.port}\n`);
    return {
      port: emulator.port,
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

const portFile = (folder: string): string => join(folder, "port");

/** Where the folder's backend listens, or did the last time. */
export async function knownPort(folder: string): Promise<number | undefined> {
  const text = await readText(portFile(folder)).catch(() => "");
  const port = Number(text.trim());
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}
