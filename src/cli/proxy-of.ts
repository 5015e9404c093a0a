import type { Proxy } from "../nemo/transport/choose-transport.ts";

/** The proxy that the environment names, in either spelling. */
export function proxyOf(env: Readonly<Record<string, string | undefined>>): Proxy {
  const https = env["HTTPS_PROXY"] ?? env["https_proxy"];
  const no = env["NO_PROXY"] ?? env["no_proxy"];
  return { ...(https !== undefined && { https }), ...(no !== undefined && { no }) };
}
