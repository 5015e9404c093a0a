import type { FlagSpec } from "./flag-spec.ts";

/** Where it is made, what it may cost, and what may be replaced. */
export interface MoneyFlags {
  readonly backend?: string;
  readonly local?: boolean;
  readonly maxCredits?: number;
  readonly yes?: boolean;
  readonly again?: boolean;
  readonly overwrite?: boolean;
}

const amount = { min: 0, whole: false } as const;

export const moneyFlags: Readonly<Record<keyof MoneyFlags | "dayLimit", FlagSpec>> = {
  backend: {
    flag: "--backend <where>",
    says: "cloud, local, or the address of a service",
    offers: ["cloud", "local"],
  },
  local: { flag: "--local", says: "on this machine: a preview, no account, no network" },
  maxCredits: { flag: "--max-credits <n>", says: "refuse a run that may cost more", number: amount },
  dayLimit: { flag: "--max-credits <n>", says: "spend no more in a day", number: amount },
  yes: { flag: "-y, --yes", says: "do not ask before several jobs that cost" },
  again: { flag: "--again", says: "a fresh take of what was made before" },
  overwrite: { flag: "--overwrite", says: "replace files that nemo-recipe did not make" },
};
