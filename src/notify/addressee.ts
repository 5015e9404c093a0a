export type MessageShape = "webhook" | "slack" | "discord";

/** Whom to tell. The address is a secret: only its host is ever shown. */
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
export function addresseeName(to: Addressee): string {
  if (to.kind === "command") return `the command ${to.command[0]}`;
  return `${to.kind} at ${to.url.host}`;
}
