/** How a flag is written, what it says, and what its value must be. */
export interface FlagSpec {
  /** `-p, --param <name=value>`: `<>` needs its value, `[]` may do without. */
  readonly flag: string;
  readonly says: string;
  readonly many?: boolean;
  readonly number?: { readonly min: number; readonly whole: boolean; readonly max?: number };
  /** What the shell can offer after it. */
  readonly offers?: "files" | "folders" | readonly string[];
}

/** `param` of `-p, --param <name=value>`. */
export const longName = ({ flag }: Pick<FlagSpec, "flag">): string => /--([\w-]+)/.exec(flag)?.[1] ?? "";
/** `p` of it; undefined where it has no letter. */
export const letterOf = ({ flag }: Pick<FlagSpec, "flag">): string | undefined => /^-(\w),/.exec(flag)?.[1];
