import type { Quality } from "../../recipe/recipe.ts";

/** What a message asks for. Only a `turn` goes to the service. */
export type Wish =
  | { readonly to: "turn" }
  | { readonly to: "export"; readonly format?: string; readonly quality?: Quality }
  | { readonly to: "credits" | "status" | "preview" | "undo" | "help" | "quit" | "link" }
  | { readonly to: "upload"; readonly paths: string }
  | { readonly to: "save"; readonly file?: string }
  | { readonly to: "unknown"; readonly word: string; readonly near?: string }
  /** A word that is nearly a command: it is not paid for. */
  | { readonly to: "unsure"; readonly near: string }
  /** A bare yes or no: it means something only where something was asked. */
  | { readonly to: "yes-or-no" };

/** What changes nothing and costs nothing: it is answered at any time, also while a request is worked on. */
export type Look = "credits" | "status" | "help";

export function isLook(to: Wish["to"]): to is Look {
  return to === "credits" || to === "status" || to === "help";
}
