import type { FlagSpec } from "./flag-spec.ts";

/** What goes on by itself: watches and schedules. */
export interface LastingFlags {
  readonly folder?: string;
  readonly once?: boolean;
  /** How many of the next slots to print. */
  readonly next?: number;
  readonly newState?: boolean;
  /** Where `up` tells how it goes; `true`: at the usual port. */
  readonly health?: string | true;
}

export const lastingFlags: Readonly<Record<keyof LastingFlags, FlagSpec>> = {
  folder: { flag: "--folder <folder>", says: "the folder to watch", offers: "folders" },
  once: { flag: "--once", says: "work off what is there and end" },
  next: {
    flag: "--next <n>",
    says: "print the next n slots and end",
    number: { min: 1, whole: true, max: 10_000 },
  },
  newState: { flag: "--new-state", says: "begin with an empty state folder, under CI" },
  health: {
    flag: "--health [port]",
    says: "serve /healthz, /readyz, /metrics on loopback (9464)",
  },
};
