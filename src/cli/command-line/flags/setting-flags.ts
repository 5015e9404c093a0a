import type { FlagSpec } from "./flag-spec.ts";

/** How a command tells what it does, and where its settings are. */
export interface SettingFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly logFile?: string;
  /** False after `--no-color`. */
  readonly color?: boolean;
  readonly profile?: string;
  readonly stateDir?: string;
  /** A path; `true` where `doctor --config` asks to see the values. */
  readonly config?: string | true;
}

export const settingFlags: Readonly<Record<keyof SettingFlags | "showConfig", FlagSpec>> = {
  json: { flag: "--json", says: "results as JSON on stdout" },
  quiet: { flag: "-q, --quiet", says: "errors only on stderr" },
  verbose: { flag: "--verbose", says: "structured logs on stderr (or NEMO_RECIPE_LOG=debug)" },
  logFile: { flag: "--log-file <file>", says: "structured logs into a file", offers: "files" },
  color: { flag: "--no-color", says: "no colours" },
  profile: { flag: "--profile <name>", says: "a named set of the config file" },
  stateDir: { flag: "--state-dir <folder>", says: "where the journal is kept", offers: "folders" },
  config: { flag: "--config <file>", says: "this config file and no other", offers: "files" },
  showConfig: { flag: "--config [file]", says: "show each setting with its origin", offers: "files" },
};
