import type { Config } from "../../config/config.ts";
import { Failure } from "../../base/failure.ts";
import { credentialFolder } from "../../files/credential-folder.ts";
import { wallClock } from "../wall-clock.ts";
import { bad, ok, type Finding } from "./finding.ts";

/** Which account would be used. Fetches nothing: tokens are rationed. */
export async function checkAccount(config: Config, configFolder: string): Promise<Finding> {
  if (config.token !== undefined) return ok("account", "NEMO_TOKEN is set");
  try {
    const stored = await credentialFolder(configFolder).readToken(new URL(config.apiUrl).origin);
    if (stored === undefined)
      return ok("account", "none yet: the first run fetches an anonymous one (100 credits, 7 days)");
    if (stored.expiresAtMs < wallClock.now())
      return ok("account", "anonymous; its token has expired and is renewed by the next run");
    return ok(
      "account",
      `anonymous, its token is good until ${new Date(stored.expiresAtMs).toLocaleString("sv-SE")}`,
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return bad("account", error.facts.message, error.facts.hint ?? "");
  }
}
