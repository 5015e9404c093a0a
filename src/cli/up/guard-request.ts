/** Why a request is refused: its status and one line. Undefined: it may be answered. */
export interface Refused {
  readonly status: number;
  readonly why: string;
}

/**
 * Keeps the pages of this machine's browsers out: a page may reach a server on loopback under a name of its own (its
 * Host), or from its own origin. `port` is the server's.
 */
export function guardRequest(
  request: {
    readonly method: string | undefined;
    readonly host: string | undefined;
    readonly origin: string | undefined;
  },
  port: number,
): Refused | undefined {
  const { method, host, origin } = request;
  const hosts = ["127.0.0.1", "localhost", "[::1]"].map((name) => `${name}:${port}`);
  if (host === undefined || !hosts.includes(host.toLowerCase()))
    return { status: 403, why: "this server answers to loopback's own names only" };
  if (origin !== undefined && !hosts.some((name) => origin.toLowerCase() === `http://${name}`))
    return { status: 403, why: "this server answers no other origin" };
  if (method !== "GET" && method !== "HEAD") return { status: 405, why: "GET and HEAD only" };
  return undefined;
}
