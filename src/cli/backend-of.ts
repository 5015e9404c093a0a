import type { Config } from "../config/config.ts";

/** Where new jobs are made, as their plans name it: `local`, or the origin of the service. */
export function backendOf({ backend, apiUrl }: Config): string {
  return backend === "local" ? "local" : new URL(apiUrl).origin;
}
