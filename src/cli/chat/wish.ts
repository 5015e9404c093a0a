import type { Quality } from "../../recipe/recipe.ts";

/** What a message asks for. Only a `turn` goes to the service. */
export type Wish =
  | { readonly to: "turn" }
  | { readonly to: "export"; readonly format?: string; readonly quality?: Quality }
  | { readonly to: "credits" | "status" | "preview" | "undo" | "help" | "quit" | "link" }
  | { readonly to: "upload"; readonly paths: string }
  | { readonly to: "save"; readonly file?: string }
  | { readonly to: "unknown"; readonly word: string; readonly near?: string };
