import type { Budget, Occasion } from "../recipe/recipe.ts";
import type { ConfigNotification } from "./config.ts";

type OneOrMany<Item> = Item | readonly Item[];

export type RawNotification = Omit<ConfigNotification, "on"> & { readonly on: OneOrMany<Occasion> };

/** The keys of a config file, as they are written there. */
export interface RawSettings {
  readonly backend?: string;
  readonly apiUrl?: string;
  readonly webUrl?: string;
  readonly concurrency?: number;
  readonly outDir?: string;
  readonly stateDir?: string;
  readonly budget?: number | Budget;
  readonly retry?: { readonly attempts?: number; readonly delay?: string; readonly maxDelay?: string };
  readonly timeouts?: Readonly<Partial<Record<"turn" | "silence" | "idle" | "change" | "render", string>>>;
  readonly poll?: { readonly state?: string; readonly render?: string };
  readonly notify?: OneOrMany<RawNotification>;
  readonly skills?: Readonly<Record<string, string>>;
  readonly up?: OneOrMany<string>;
  readonly health?: string | number;
}

export interface RawConfig extends RawSettings {
  readonly profiles?: Readonly<Record<string, RawSettings>>;
}
