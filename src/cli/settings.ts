import { join } from "node:path";
import { loadConfig, type LoadedConfig } from "../config/load-config.ts";
import type { Config } from "../config/config.ts";
import { configFolder, stateFolder } from "../files/state-folder.ts";
import type { Call } from "./call.ts";
import { rememberSecrets } from "./notify/remember-secrets.ts";
import { exitCodes } from "./exit-code.ts";
import { Stop, usage } from "./stop.ts";

/** The config for a command: `dir` is where the search for the file begins. Problems stop the command with exit 2. */
export async function settingsFor(call: Call, dir: string = call.io.cwd): Promise<Config> {
  const { config, problems } = await loadSettings(call, dir);
  if (config === undefined) throw new Stop(exitCodes.usage, "the config is wrong", { problems });
  call.secrets.add(config.token, config.clientId);
  rememberSecrets({ env: [], notify: config.notify }, call);
  return call.flags.maxCredits === undefined ? config : { ...config, flagLimit: "run" };
}

/** The config, its origins and its problems. */
export async function loadSettings({ flags, io }: Call, dir: string = io.cwd): Promise<LoadedConfig> {
  if (flags.local === true && flags.backend !== undefined && flags.backend !== "local")
    throw usage(`--local and --backend ${flags.backend} exclude each other.`);
  const backend = flags.local === true ? "local" : flags.backend;
  const file = typeof flags.config === "string" ? flags.config : undefined;
  return loadConfig({
    flags: {
      ...(backend !== undefined && { backend }),
      ...(flags.concurrency !== undefined && { concurrency: flags.concurrency }),
      ...(flags.out !== undefined && { out: flags.out }),
      ...(flags.stateDir !== undefined && { stateDir: flags.stateDir }),
      ...(flags.maxCredits !== undefined && { maxCredits: flags.maxCredits }),
    },
    env: io.env,
    cwd: io.cwd,
    dir,
    ...(file !== undefined && { file }),
    ...(flags.profile !== undefined && { profile: flags.profile }),
    userDir: join(configFolder(io), "nemo-recipe"),
    defaultStateDir: stateFolder(io),
  });
}
