import { Failure } from "../base/failure.ts";
import type { Balance } from "../plan/run-plan.ts";
import type { NemoService } from "./ports.ts";

/** The account's credits; a plan without them is still a plan, and says why they are missing. */
export async function readBalance(
  service: Pick<NemoService, "credits">,
): Promise<{ readonly balance?: Balance; readonly notes: readonly string[] }> {
  try {
    const { available, frozen, total } = await service.credits();
    return { balance: { available, frozen, total }, notes: [] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { notes: [`the balance is not known: ${error.facts.message}`] };
  }
}
