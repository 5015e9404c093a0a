const beforeConnect = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EAI_NODATA",
  "EAI_NONAME",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_PRX_CONN",
]);
const certificate = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ALTNAME|ERR_TLS/;

/** The system's code of an error, wherever the runtime keeps it: on the error, its cause, or one of several. */
export function errorCode(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    if ("code" in current && typeof current.code === "string") return current.code;
    current = current instanceof AggregateError ? (current.errors[0] as unknown) : current.cause;
  }
  return undefined;
}

export const isCertificateError = (error: unknown): boolean => certificate.test(errorCode(error) ?? "");

/** True for errors that can only come before a byte of the request was written. */
export function isBeforeConnect(error: unknown): boolean {
  const code = errorCode(error);
  if (code !== undefined && (beforeConnect.has(code) || certificate.test(code))) return true;
  // undici's word for a proxy that did not open the tunnel.
  return error instanceof Error && /^Proxy response \(\d+\)/.test(error.message);
}

/** What went wrong with a connection, in words for people. */
export function explainError(error: unknown): string {
  const code = errorCode(error) ?? "";
  if (code === "ECONNREFUSED") return "nothing listens there";
  if (code === "ENOTFOUND" || code.startsWith("EAI_")) return "its name cannot be resolved";
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH" || code === "EADDRNOTAVAIL")
    return "there is no route to it";
  if (code === "ECONNRESET" || code === "EPIPE" || code === "UND_ERR_SOCKET") return "the connection broke";
  if (certificate.test(code)) return `its certificate is not trusted (${code})`;
  return error instanceof Error ? error.message : String(error);
}
