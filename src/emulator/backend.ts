import type { Store } from "./state/store.ts";
import type { Accounts } from "./state/accounts.ts";
import type { Sessions } from "./state/sessions.ts";
import type { Faults } from "./faults/plan-faults.ts";
import type { OpenLedger } from "./ledger.ts";
import type { Probe } from "./media/probe-media.ts";
import type { Renders } from "./video/render-queue.ts";
import type { Waiting } from "./wait.ts";

/** Everything an endpoint may need; made once in `startEmulator`. */
export interface Backend {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly renders: Renders;
  readonly faults: Faults;
  readonly ledger: OpenLedger;
  readonly waiting: Waiting;
  readonly form: "documented" | "old";
  /** How long a generation works; an edit takes a third of it. */
  readonly workMs: number;
  /** The pause between the end of a stream and the second stage. */
  readonly secondStageMs: number;
  readonly probe: Probe;
  /** Known once the servers listen, without a slash at the end. */
  origins: { own: string; foreign: string };
}
