import { addressSecrets } from "../../notify/address-secrets.ts";
import type { Call } from "../call.ts";

interface Told {
  readonly env: readonly string[];
  readonly notify: readonly Partial<Record<"webhook" | "slack" | "discord", unknown>>[];
}

/** Keeps what a recipe knows of secrets from all output: values of the environment, and addresses of webhooks. */
export function rememberSecrets({ env, notify }: Told, { io, secrets }: Call): void {
  secrets.add(...env.map((name) => io.env[name]));
  for (const { webhook, slack, discord } of notify)
    for (const address of [webhook, slack, discord])
      if (typeof address === "string") secrets.add(...addressSecrets(address));
}
