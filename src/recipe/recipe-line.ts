import type { Check, Expanded, Format, Quality } from "./recipe.ts";

/** A file, by its absolute path, or an address. */
export type LineMedia =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "url"; readonly url: string };

export interface LineUpload {
  readonly kind: "upload";
  readonly media: LineMedia;
  readonly asset: boolean;
}

export interface LineTurn {
  readonly kind: "turn";
  readonly turn: "prompt" | "refinement" | "variant";
  readonly prompt: string;
  readonly name?: string;
  readonly unless?: Expanded<Check>;
  readonly atMost: number;
}

export interface LineExport {
  readonly kind: "export";
  readonly format: Format;
  readonly quality: Quality;
  /** Absolute. */
  readonly path: string;
  readonly variant?: string;
  readonly expect?: Expanded<Check>;
}

/** One thing that was put into a session or asked of it. A line of them is a recipe before it is sorted into fields. */
export type LineStep = LineUpload | LineTurn | LineExport;
