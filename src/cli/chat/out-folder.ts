import { resolve } from "node:path";
import type { Room } from "./room.ts";

/** Where the conversation's files go: beside its recording, or where the config says. */
export function outFolder({ base, config, call }: Room): string {
  return config.outDir === undefined ? resolve(base.dir, "out") : resolve(call.io.cwd, config.outDir);
}
