import type { Clock } from "../base/clock.ts";
import type { Notice } from "../report/notice.ts";
import { postMessage, type Post } from "./post-message.ts";
import { runCommand } from "./run-command.ts";
import type { Addressee } from "./addressee.ts";

export interface DeliveryPorts {
  readonly post: Post;
  readonly clock: Clock;
  /** What a command gets, but for the token and the client id. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Brings a notice to where it is meant to go. Undefined when it was taken, else why it was not; never rejects. */
export async function deliverNotice(
  notice: Notice,
  to: Addressee,
  { signal, ...ports }: DeliveryPorts & { readonly signal: AbortSignal },
): Promise<string | undefined> {
  try {
    if (to.kind === "command") return await runCommand(notice, { ...to, ...ports, signal });
    return await postMessage(notice, { kind: to.kind, url: to.url, signal }, ports);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
