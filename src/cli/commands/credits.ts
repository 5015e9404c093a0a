import { countedCredits, type Spending } from "../../job/spending.ts";
import { unmeasuredText } from "../../report/unmeasured-text.ts";
import type { Command } from "../call.ts";
import { exitCodes } from "../exit-code.ts";
import { periodsAt } from "../money-rules.ts";
import { openWorld } from "../open-world.ts";
import { settingsFor } from "../settings.ts";

/** Shows the account's balance, and what this machine spent there. */
export const credits: Command = async (call) => {
  const { flags, screen } = call;
  const world = await openWorld(call, await settingsFor(call));
  try {
    const { kind, expiresAtMs, registerUrl } = await world.service.account();
    const balance = await world.service.credits();
    const { dayMs, monthMs } = periodsAt(world.clock.now());
    const { backend } = world;
    const today = await world.journal.spent({ sinceMs: dayMs, backend });
    const month = await world.journal.spent({ sinceMs: monthMs, backend });
    if (flags.json === true) {
      const spent = { today, month };
      screen.out(JSON.stringify({ backend, account: kind, ...balance, spent }));
      return exitCodes.done;
    }
    screen.out(`available  ${balance.available}`);
    screen.out(`frozen     ${balance.frozen}`);
    screen.out(`total      ${balance.total}`);
    screen.out(`today      ${spendingText(today)}`);
    screen.out(`month      ${spendingText(month)}`);
    if (month.unmeasured > 0) screen.note(unmeasuredText(month.unmeasured));
    if (kind === "anonymous" && registerUrl !== undefined && backend !== "local")
      screen.note(`Anonymous account${until(expiresAtMs)}; register to keep it: ${registerUrl}`);
    return exitCodes.done;
  } finally {
    await world.close();
  }
};

/** `240 spent by this machine, 100 of them not measured; 100 more reserved` */
function spendingText(spending: Spending): string {
  const { unmeasured, reserved } = spending;
  const spent = `${countedCredits(spending) - reserved} spent by this machine`;
  const blurred = unmeasured === 0 ? "" : `, ${unmeasured} of them not measured`;
  return `${spent}${blurred}${reserved === 0 ? "" : `; ${reserved} more reserved`}`;
}

const until = (ms: number | undefined): string =>
  ms === undefined ? "" : ` until ${new Date(ms).toLocaleString("sv-SE").slice(0, 16)}`;
