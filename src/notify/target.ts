import type { Occasion } from "../report/notice.ts";

export type MessageShape = "webhook" | "slack" | "discord";

/** Whom to tell, and of what. The address is a secret: only its host is ever shown. */
export type Target = Addressee & { readonly on: readonly Occasion[] };

export type Addressee =
  | { readonly kind: MessageShape; readonly url: URL }
  | {
      readonly kind: "command";
      /** A program and its arguments. */
      readonly command: readonly [string, ...string[]];
      /** Absolute: where it starts. */
      readonly cwd: string;
    };

/** As people may see it: `slack at hooks.slack.com`, `the command notify-send`. */
export function targetName(target: Addressee): string {
  if (target.kind === "command") return `the command ${target.command[0]}`;
  return `${target.kind} at ${target.url.host}`;
}
