import { Failure, type Sent } from "../../base/failure.ts";
import { explainError, isCertificateError } from "./error-codes.ts";
import { TransportError } from "./http-exchange.ts";

/** `not-sent` only where the connection never stood; whatever failed later may have reached the service. */
function sentOf(error: unknown): Sent {
  return error instanceof TransportError && !error.connected ? "not-sent" : "maybe-sent";
}

export interface Exchange {
  /** What people know the other side by. */
  readonly peer: string;
  /** The caller ended the exchange. */
  readonly interrupted: boolean;
}

/** The Failure for an exchange that brought no complete answer. */
export function transportFailure(error: unknown, { peer, interrupted }: Exchange): Failure {
  if (error instanceof Failure) return error;
  const sent = sentOf(error);
  if (interrupted)
    return new Failure({ code: "interrupted", message: `A call to ${peer} was stopped.`, sent }, error);
  const cause = error instanceof TransportError ? error.cause : error;
  const what = sent === "not-sent" ? `${peer} cannot be reached` : `The connection to ${peer} was lost`;
  const facts = {
    code: "unreachable",
    message: `${what}: ${explainError(cause)}.`,
    sent,
    transient: true,
  } as const;
  return new Failure(sent === "not-sent" ? { ...facts, hint: reachHint(cause) } : facts, error);
}

function reachHint(cause: unknown): string {
  if (isCertificateError(cause))
    return "If a proxy of your network signs connections, name its certificate in NODE_EXTRA_CA_CERTS.";
  return "Check the network, the proxy settings and NEMO_API_URL; `nemo-recipe doctor` looks at each.";
}
