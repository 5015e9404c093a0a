import { countOf } from "../../report/count-of.ts";
import type { Command } from "../call.ts";
import { exitCodes } from "../exit-code.ts";
import { openWorld } from "../open-world.ts";
import { settingsFor } from "../settings.ts";
import { spentCredits } from "../spent-credits.ts";

/** Shows the account's balance, and what this machine spent. */
export const credits: Command = async (call) => {
  const { flags, screen } = call;
  const world = await openWorld(call, await settingsFor(call));
  try {
    const { kind, expiresAtMs, registerUrl } = await world.service.account();
    const balance = await world.service.credits();
    const spent = await spentCredits(world.journal, world.clock.now());
    if (flags.json === true) {
      screen.out(JSON.stringify({ backend: world.backend, account: kind, ...balance, spent }));
      return exitCodes.done;
    }
    screen.out(`available  ${balance.available}`);
    screen.out(`frozen     ${balance.frozen}`);
    screen.out(`total      ${balance.total}`);
    screen.out(`spent      ${spent.today} today, ${spent.month} this month${unmeasured(spent.unmeasured)}`);
    if (kind === "anonymous" && registerUrl !== undefined && world.backend !== "local")
      screen.note(`Anonymous account${until(expiresAtMs)}; register to keep it: ${registerUrl}`);
    return exitCodes.done;
  } finally {
    await world.close();
  }
};

const unmeasured = (turns: number): string =>
  turns === 0 ? "" : `, and ${countOf(turns, "turn")} not measured`;

const until = (ms: number | undefined): string =>
  ms === undefined ? "" : ` until ${new Date(ms).toLocaleString("sv-SE").slice(0, 16)}`;
