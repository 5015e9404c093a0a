import type { Config } from "../config/config.ts";

/** The origin of a job's service where it is another than the one that is set; the local backend is always at hand. */
export function backendElsewhere(
  { backend }: { readonly backend: string },
  { apiUrl }: Config,
): string | undefined {
  return backend === "local" || backend === new URL(apiUrl).origin ? undefined : backend;
}
