import type { Command } from "../call.ts";
import type { FlagName } from "./flags.ts";

/** One command: the source of its help, its parsing and its completion. */
export interface CommandSpec {
  readonly name: string;
  /** `[recipe...]`: `<>` is needed, `[]` may be left out, `...` repeats. */
  readonly args?: string;
  /** How help writes the arguments. */
  readonly shownArgs?: string;
  readonly says: string;
  readonly more?: readonly string[];
  readonly examples: readonly string[];
  readonly flags: readonly FlagName[];
  /** What the shell can offer for the arguments. */
  readonly offers?: "files" | "recipes" | "recipes and files" | readonly string[];
  readonly load: () => Promise<Command>;
}
