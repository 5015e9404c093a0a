import type { FlagSpec } from "./flags/flag-spec.ts";
import { jobFlags, type JobFlags } from "./flags/job-flags.ts";
import { lastingFlags, type LastingFlags } from "./flags/lasting-flags.ts";
import { makingFlags, type MakingFlags } from "./flags/making-flags.ts";
import { moneyFlags, type MoneyFlags } from "./flags/money-flags.ts";
import { settingFlags, type SettingFlags } from "./flags/setting-flags.ts";
import { toolFlags, type ToolFlags } from "./flags/tool-flags.ts";

/** Every flag of the command line, read. Absent where it was not given. */
export interface Flags extends MakingFlags, MoneyFlags, LastingFlags, JobFlags, SettingFlags, ToolFlags {}

/** `doctor` reads its own meaning into --config, and who works unattended into --max-credits. */
export type FlagName = keyof Flags | "showConfig" | "dayLimit";

export const flagTable: Readonly<Record<FlagName, FlagSpec>> = {
  ...makingFlags,
  ...moneyFlags,
  ...lastingFlags,
  ...jobFlags,
  ...settingFlags,
  ...toolFlags,
};
