import type { Account } from "../executor/ports.ts";
import type { PlannedJob } from "../plan/planned-job.ts";
import type { PlannedRunJob } from "../plan/run-plan.ts";
import { formatElapsed } from "../report/format-elapsed.ts";
import { formatInstant } from "../report/format-instant.ts";
import { exitCodes } from "./exit-code.ts";
import { Stop } from "./stop.ts";

const dayMs = 86_400_000;

export interface TokenFacts {
  readonly plan: {
    readonly jobs: readonly { readonly job: PlannedJob; readonly turns: PlannedRunJob["turns"] }[];
  };
  readonly account?: Account;
  readonly nowMs: number;
}

/**
 * Whether an anonymous token lasts as long as the longest job may take: what is paid under it is reached by it alone.
 * A warning from a day before its end. Registered tokens say no end.
 */
export function tokenLifetime({ plan, account, nowMs }: TokenFacts): {
  readonly refused?: Stop;
  readonly warning?: string;
} {
  const { expiresAtMs, registerUrl } = account ?? {};
  if (expiresAtMs === undefined || expiresAtMs - nowMs >= dayMs) return {};
  const longestMs = Math.max(0, ...plan.jobs.map(({ job, turns }) => mostMs(job, turns.missing)));
  const ends = `the anonymous token ends in ${formatElapsed(expiresAtMs - nowMs)} (${formatInstant(expiresAtMs)})`;
  const register = registerUrl === undefined ? "register" : `register: ${registerUrl}`;
  if (nowMs + longestMs < expiresAtMs)
    return { warning: `${ends}; to keep what is made under it, ${register}` };
  const message = `${ends}, and the work may take ${formatElapsed(longestMs)}: it would outlive its token.`;
  const hint = `Nothing was sent. Wait for the next token, which is fetched then, or ${register}`;
  return { refused: new Stop(exitCodes.refused, message, { code: "token-expires", hint }) };
}

/** The longest that a job may take: its turns and its renders, one after another. */
function mostMs({ steps, settings }: PlannedJob, missingTurns: number): number {
  const { turnMs, renderMs } = settings.timeouts;
  if (missingTurns === 0) return 0;
  return missingTurns * turnMs + steps.filter(({ kind }) => kind === "export").length * renderMs;
}
