import type { Account } from "../executor/ports.ts";

/** What to do when credits run out. */
export function topUpHint(account: Account | undefined, webUrl: string): string {
  if (account?.kind === "anonymous")
    return `Register, which keeps the account and its work: ${account.registerUrl ?? `${webUrl}/register`}`;
  return `Top up on ${webUrl}`;
}
