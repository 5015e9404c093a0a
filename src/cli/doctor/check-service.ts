import { Failure } from "../../base/failure.ts";
import { openChannel } from "../../nemo/channel.ts";
import { chooseTransport, type Proxy } from "../../nemo/transport/choose-transport.ts";
import { wallClock } from "../wall-clock.ts";
import { bad, ok, warning, type Finding } from "./finding.ts";

const limits = { connect: 5000, idle: 5000, whole: 10_000 };
const clockSlackMs = 5 * 60_000;

/** Asks the service for anything at all, without credentials: any answer shows that it can be reached. */
export async function checkService(apiUrl: string, proxy: Proxy): Promise<readonly Finding[]> {
  const transport = chooseTransport(proxy);
  const askedAtMs = wallClock.now();
  try {
    const url = new URL(apiUrl);
    const answer = await openChannel(transport, wallClock)({ method: "GET", url, headers: {}, limits });
    answer.deadlines.stop();
    const tookMs = wallClock.now() - askedAtMs;
    return [ok("service", `${url.origin} answers in ${tookMs} ms`), ...checkClock(answer.header("date"))];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const hint = "Look at the network, HTTPS_PROXY and NO_PROXY, or work without it: nemo-recipe run --local";
    return [bad("service", error.facts.message, hint)];
  } finally {
    await transport.close();
  }
}

/** Tokens and links expire by the service's clock. */
function checkClock(date: string | undefined): Finding[] {
  const serviceMs = Date.parse(date ?? "");
  if (Number.isNaN(serviceMs)) return [];
  const offMs = Math.abs(wallClock.now() - serviceMs);
  if (offMs <= clockSlackMs) return [ok("clock", "agrees with the service")];
  const says = `${Math.round(offMs / 60_000)} minutes off the service's`;
  return [warning("clock", says, "Set the clock: slots and expiry depend on it.")];
}
