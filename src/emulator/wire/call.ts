import type { IncomingMessage, ServerResponse } from "node:http";
import type { Backend } from "../backend.ts";
import type { Met } from "../faults/plan-faults.ts";
import type { Account } from "../state/accounts.ts";

/** One request on its way through the backend. */
export interface Call {
  readonly backend: Backend;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** What the route's pattern caught, in order. */
  readonly params: readonly string[];
  readonly faults: Met;
  /** The caller's account; on routes without a token, nobody. */
  readonly account: Account;
}

/** A refusal with a code of the wire. */
export class Refused extends Error {
  override name = "Refused";
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
