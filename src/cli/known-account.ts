import type { Account } from "../executor/ports.ts";
import type { Config } from "../config/config.ts";
import { credentialFolder } from "../files/credential-folder.ts";
import { configFolder } from "../files/state-folder.ts";
import type { Call } from "./call.ts";
import type { World } from "./open-world.ts";

/** The account where it can be told without asking the service for a token. */
export async function knownAccount({ io }: Call, config: Config, world: World): Promise<Account | undefined> {
  if (world.backend === "local" || config.token !== undefined) return world.service.account();
  const stored = await credentialFolder(configFolder(io)).readToken(new URL(config.apiUrl).origin);
  return stored === undefined ? undefined : world.service.account();
}
