import { dirname, resolve } from "node:path";
import { nearMiss } from "../base/near-miss.ts";
import type { Problem } from "../recipe/problem.ts";
import type { Config, ConfigFlags, Origin } from "./config.ts";
import { findConfigFile } from "./find-config-file.ts";
import { settingsOfEnv, settingsOfFile, settingsOfFlags } from "./layers.ts";
import { mergeConfig } from "./merge-config.ts";
import type { RawConfig, RawSettings } from "./raw-config.ts";

export interface ConfigRequest {
  readonly flags: ConfigFlags;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Working folder: relative paths in flags and environment start here. */
  readonly cwd: string;
  /** Where the search begins: the recipe's folder. */
  readonly dir: string;
  /** `--config`. */
  readonly file?: string;
  readonly profile?: string;
  /** `…/nemo-recipe` among the user's settings. */
  readonly userDir: string;
  readonly defaultStateDir: string;
}

export interface LoadedConfig {
  /** Absent where there is a problem. */
  readonly config?: Config;
  readonly origins: readonly Origin[];
  readonly problems: readonly Problem[];
  /** The config file, where there is one. */
  readonly file?: string;
}

/** Finds the config file, checks it, and merges flags, environment, profile, file and defaults, in this order. */
export async function loadConfig(request: ConfigRequest): Promise<LoadedConfig> {
  const read = await readFile(request);
  if (read.problems.length > 0) return { origins: [], ...read };
  const { raw = {}, file } = read;
  const profile = request.profile === undefined ? undefined : raw.profiles?.[request.profile];
  if (request.profile !== undefined && profile === undefined)
    return { origins: [], problems: [unknownProfile(request.profile, raw, file)] };
  const { profiles: _profiles, ...settings } = raw;
  const { env, flags, cwd } = request;
  const dir = file === undefined ? cwd : dirname(file);
  const merged = mergeConfig(
    [
      settingsOfFlags(flags, cwd),
      settingsOfEnv(env, cwd),
      profile === undefined
        ? []
        : settingsOfFile(atFolder(profile, dir), `${file} (profile ${request.profile})`),
      file === undefined ? [] : settingsOfFile(atFolder(settings, dir), file),
    ],
    { stateDir: request.defaultStateDir },
  );
  return { ...merged, ...(file !== undefined && { file }) };
}

async function readFile(
  request: ConfigRequest,
): Promise<{ raw?: RawConfig; file?: string; problems: readonly Problem[] }> {
  const file = request.file === undefined ? undefined : resolve(request.cwd, request.file);
  try {
    const found = await findConfigFile({
      dir: request.dir,
      userDir: request.userDir,
      ...(file !== undefined && { file }),
    });
    if (found === undefined) return { problems: [] };
    const { checkConfig } = await import("./check-config.ts");
    const { raw, problems } = checkConfig(found.value ?? {}, found.path);
    if (raw === undefined || !namesSkills(raw)) return { file: found.path, ...(raw && { raw }), problems };
    const { readSkills } = await import("./read-skills.ts");
    return { file: found.path, ...(await readSkills(raw, found.path)) };
  } catch (error) {
    return { problems: [unreadable(error, file)] };
  }
}

const namesSkills = (raw: RawConfig): boolean =>
  [raw, ...Object.values(raw.profiles ?? {})].some(({ skills }) => skills !== undefined);

function unreadable(error: unknown, file: string | undefined): Problem {
  const path = error instanceof Error && "filepath" in error ? String(error.filepath) : file;
  const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
  return {
    severity: "error",
    code: "bad-config",
    message: missing
      ? `there is no config file ${path}`
      : `${path ?? "config"}: cannot be read: ${reasonOf(error, path)}`,
  };
}

/** What the loader says below the file's name, without what it shows and quotes of the file: that may hold a key. */
function reasonOf(error: unknown, path: string | undefined): string {
  const said = error instanceof Error ? error.message : String(error);
  const reason = said.split("\n").find((line) => line.trim() !== "" && !line.endsWith(`${path}:`)) ?? said;
  return reason.replace(/".*"/, '"…"');
}

function unknownProfile(name: string, raw: RawConfig, file: string | undefined): Problem {
  const known = Object.keys(raw.profiles ?? {});
  const near = nearMiss(name, known);
  const all = known.length === 0 ? "the config has no profiles" : `profiles: ${known.join(", ")}`;
  return {
    severity: "error",
    code: "unknown-profile",
    message: `${file === undefined ? "no config file was found, so there" : `${file}: there`} is no profile "${name}"`,
    hint: near === undefined ? all : `did you mean "${near}"?`,
  };
}

/** Paths in a file start at the file's folder. */
function atFolder(settings: RawSettings, dir: string): RawSettings {
  const { outDir, stateDir, up, ...rest } = settings;
  const recipes = up === undefined ? undefined : typeof up === "string" ? [up] : up;
  return {
    ...rest,
    ...(outDir !== undefined && { outDir: resolve(dir, outDir) }),
    ...(stateDir !== undefined && { stateDir: resolve(dir, stateDir) }),
    ...(recipes !== undefined && { up: recipes.map((recipe) => resolve(dir, recipe)) }),
  };
}
