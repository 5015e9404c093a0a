import { posix, win32 } from "node:path";

export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As `process.platform`. */
  readonly platform: string;
  /** Absolute. */
  readonly home: string;
}

/** Where this machine keeps the journal, unless `NEMO_RECIPE_STATE_DIR` or `--state-dir` says otherwise. */
export function stateFolder({ env, platform, home }: Machine): string {
  if (platform === "win32") {
    const local = absolute(env["LOCALAPPDATA"], win32) ?? win32.join(home, "AppData", "Local");
    return win32.join(local, "nemo-recipe", "state");
  }
  if (platform === "darwin") return posix.join(home, "Library", "Application Support", "nemo-recipe");
  const state = absolute(env["XDG_STATE_HOME"], posix) ?? posix.join(home, ".local", "state");
  return posix.join(state, "nemo-recipe");
}

/** The user's config folder, in which `nemovideo/client_id` lies; macOS too has it in `~/.config`. */
export function configFolder({ env, platform, home }: Machine): string {
  if (platform === "win32") return absolute(env["APPDATA"], win32) ?? win32.join(home, "AppData", "Roaming");
  return absolute(env["XDG_CONFIG_HOME"], posix) ?? posix.join(home, ".config");
}

/** The XDG rules pass over a relative path, and an empty one is as good as none. */
function absolute(path: string | undefined, rules: typeof posix): string | undefined {
  return path !== undefined && rules.isAbsolute(path) ? path : undefined;
}
