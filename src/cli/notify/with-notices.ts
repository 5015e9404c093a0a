import type { Reporter, RunOutcome } from "../../executor/ports.ts";
import type { Call } from "../call.ts";
import type { Audience } from "./audience.ts";
import { troubleOf } from "./trouble-of.ts";

/** How long the end of a run waits for messages to leave. */
const patienceMs = 30_000;

/**
 * Does `work` with a listener who tells those elsewhere that want to know of it; with none where nobody does. Whatever
 * becomes of the messages, the outcome stays what it is.
 */
export async function withNotices(
  call: Call,
  audience: Audience,
  work: (notices: Reporter | undefined) => Promise<RunOutcome>,
): Promise<RunOutcome> {
  const { signal, recipes } = audience;
  if (!isAnybodyThere(audience)) return work(undefined);
  const { openNotices } = await import("./open-notices.ts");
  const notices = openNotices(call, audience);
  try {
    return await work(notices);
  } catch (error) {
    if (!(signal.aborted && error === signal.reason))
      notices.trouble({ ...troubleOf(error), recipes: recipes.map(({ name }) => name) });
    throw error;
  } finally {
    await notices.close(patienceMs, signal);
  }
}

/** Tells what kept a run from beginning: nobody sits before a schedule. */
export async function tellNotBegun(call: Call, audience: Audience, error: unknown): Promise<void> {
  if (!isAnybodyThere(audience)) return;
  const { openNotices } = await import("./open-notices.ts");
  const notices = openNotices(call, audience);
  notices.trouble({ ...troubleOf(error), recipes: audience.recipes.map(({ name }) => name) });
  await notices.close(patienceMs, audience.signal);
}

const isAnybodyThere = ({ config, recipes }: Audience): boolean =>
  config.notify.length > 0 || recipes.some(({ notify }) => notify.length > 0);
