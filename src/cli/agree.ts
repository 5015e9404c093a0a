import type { RunPlan } from "../plan/run-plan.ts";
import { planText } from "../report/plan-text.ts";
import { canAsk, confirm } from "./ask.ts";
import type { Call } from "./call.ts";
import { columnsOf } from "./columns-of.ts";
import { refusedWithoutConsent, type Consent } from "./consent.ts";
import { exitCodes } from "./exit-code.ts";
import { Stop } from "./stop.ts";

/** Returns where a plan may spend; stops with exit 3 where it may not. */
export async function agree({ io, screen }: Call, plan: RunPlan, consent: Consent): Promise<void> {
  if (consent.verdict === "refuse") throw consent.stop;
  if (consent.warning !== undefined) screen.note(`${screen.paint.yellow("warning:")} ${consent.warning}`);
  if (consent.verdict === "go") return;
  screen.note(planText(plan, { paint: screen.paint, columns: columnsOf(io.stderr, 100) }).trimEnd());
  if (!canAsk(io)) throw refusedWithoutConsent(plan);
  if (!(await confirm(io, consent.question)))
    throw new Stop(exitCodes.refused, "not agreed: nothing was sent.", { code: "no-consent" });
}
