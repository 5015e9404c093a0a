/** What a TLS connection that is made by hand needs to trust besides what the runtime does. */
export interface ExtraTrust {
  readonly ca?: string[];
}

/**
 * Certificates of `NODE_EXTRA_CA_CERTS`. Node and Bun trust them everywhere; Deno does in its own HTTP client only, and
 * forgets them where TLS runs inside a proxy's tunnel.
 */
export function extraTrust(): ExtraTrust {
  const isForgotten =
    process.versions["deno"] !== undefined && process.env["NODE_EXTRA_CA_CERTS"] !== undefined;
  if (!isForgotten) return {};
  return { ca: process.getBuiltinModule("node:tls").getCACertificates("default") };
}
