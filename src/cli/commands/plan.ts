import { planJson } from "../../report/plan-json.ts";
import { planText } from "../../report/plan-text.ts";
import { canAsk } from "../ask.ts";
import type { Call, Command } from "../call.ts";
import { columnsOf } from "../columns-of.ts";
import { refusedWithoutConsent } from "../consent.ts";
import { exitCodes } from "../exit-code.ts";
import { judgePlan } from "../judge-plan.ts";
import { withPlan, type Prepared } from "../prepare.ts";
import { savePlan } from "../saved-plan.ts";

/** Shows what run would do. Exits 3 where run would be refused. */
export const plan: Command = (call) =>
  withPlan(call, { balance: "always" }, (prepared) => showPlan(call, prepared));

/** Prints the plan on stdout, and on stderr why it would be refused. */
export async function showPlan(call: Call, prepared: Prepared): Promise<number> {
  const { flags, io, screen } = call;
  const { plan: made } = prepared;
  if (flags.json === true) screen.out(JSON.stringify(planJson(made)));
  else screen.out(planText(made, { paint: screen.outPaint, columns: columnsOf(io.stdout, 100) }).trimEnd());
  if (flags.save !== undefined) {
    await savePlan(made, flags.save, io.cwd);
    screen.note(`saved: ${flags.save}`);
  }
  const consent = judgePlan(prepared, flags, true);
  if (consent.verdict === "refuse") throw consent.stop;
  if (consent.verdict === "ask" && !canAsk(io)) throw refusedWithoutConsent(made);
  if (consent.warning !== undefined) screen.note(`${screen.paint.yellow("warning:")} ${consent.warning}`);
  return exitCodes.done;
}
