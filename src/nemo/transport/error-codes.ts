/** Codes of a connection that never stood, on any runtime. */
const beforeConnect = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EAI_NODATA",
  "EAI_NONAME",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_PRX_CONN",
]);
/** These end connections too that stand already: they count for the call that connects only. */
const noRoute = new Set(["EHOSTUNREACH", "ENETUNREACH"]);
/** Our verdict on their certificate. Theirs on ours comes by an alert, after the request. */
const certificate =
  /^(?:CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME)/;

/** An error and what caused it, the outermost first; of several at once, the first. Bounded: causes may be a circle. */
export function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  let current = error;
  while (current instanceof Error && causes.length < 8) {
    causes.push(current);
    current = current instanceof AggregateError ? (current.errors[0] as unknown) : current.cause;
  }
  return causes;
}

/** The system's code of an error, wherever the runtime keeps it. */
export function errorCode(error: unknown): string | undefined {
  for (const cause of causesOf(error))
    if ("code" in cause && typeof cause.code === "string") return cause.code;
  return undefined;
}

export const isCertificateError = (error: unknown): boolean => certificate.test(errorCode(error) ?? "");

/** True for errors that can only come before a byte of the request was written. */
export function isBeforeConnect(error: unknown): boolean {
  const code = errorCode(error);
  if (code !== undefined && (beforeConnect.has(code) || certificate.test(code))) return true;
  if (code !== undefined && noRoute.has(code)) return isConnecting(error);
  // undici's word for a proxy that did not open the tunnel.
  return error instanceof Error && /^Proxy response \(\d+\)/.test(error.message);
}

const isConnecting = (error: unknown): boolean =>
  causesOf(error).some((cause) => "syscall" in cause && cause.syscall === "connect");

/** What went wrong with a connection, in words for people. */
export function explainError(error: unknown): string {
  const code = errorCode(error) ?? "";
  if (code === "ECONNREFUSED") return "nothing listens there";
  if (code === "ENOTFOUND" || code.startsWith("EAI_")) return "its name cannot be resolved";
  if (noRoute.has(code) || code === "EADDRNOTAVAIL") return "there is no route to it";
  if (code === "ECONNRESET" || code === "EPIPE" || code === "UND_ERR_SOCKET") return "the connection broke";
  if (certificate.test(code)) return `its certificate is not trusted (${code})`;
  return error instanceof Error ? error.message : String(error);
}
