import type { FlagSpec } from "./flag-spec.ts";

/** What only the emulator and doctor have. */
export interface ToolFlags {
  readonly port?: number;
  readonly fault?: readonly string[];
  readonly listFaults?: boolean;
  readonly notify?: boolean;
}

export const toolFlags: Readonly<Record<keyof ToolFlags, FlagSpec>> = {
  port: {
    flag: "--port <n>",
    says: "port on 127.0.0.1; default any free one",
    number: { min: 0, whole: true, max: 65_535 },
  },
  fault: { flag: "--fault <spec>", says: "misbehave as asked (repeat)", many: true },
  listFaults: { flag: "--list-faults", says: "list the faults and how to write them" },
  notify: { flag: "--notify", says: "send a message to all whom notify names, to try them" },
};
