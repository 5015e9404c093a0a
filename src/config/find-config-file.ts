import { dirname } from "node:path";
import type { CosmiconfigResult, cosmiconfig } from "cosmiconfig";
import { isAnyThere } from "../files/is-any-there.ts";

const name = "nemo-recipe";
const endings = ["yaml", "yml", "json", "js", "ts", "cjs", "mjs"];
const inAnyFolder = [
  "package.json",
  `.${name}rc`,
  ...endings.map((ending) => `.${name}rc.${ending}`),
  ...endings.map((ending) => `${name}.config.${ending}`),
  `.config/${name}rc`,
  ...endings.map((ending) => `.config/${name}rc.${ending}`),
];
const inUserFolder = endings.map((ending) => `config.${ending}`);

export interface FoundConfig {
  /** Absolute. */
  readonly path: string;
  readonly value: unknown;
}

/**
 * The named file; else the nearest one from `dir` upwards; else the one in the user's folder. Throws what the loader
 * throws where a file cannot be read or is not what its name says.
 */
export async function findConfigFile(search: {
  readonly dir: string;
  readonly file?: string;
  /** `…/nemo-recipe` among the user's settings. */
  readonly userDir: string;
}): Promise<FoundConfig | undefined> {
  const look = { searchStrategy: "none", cache: false } as const;
  // Loaded where there is something to load: most runs have no config file.
  const load = async (): Promise<typeof cosmiconfig> => (await import("cosmiconfig")).cosmiconfig;
  if (search.file !== undefined) return found(await (await load())(name, look).load(search.file));
  for (const dir of upwards(search.dir)) {
    if (!isAnyThere(dir, inAnyFolder)) continue;
    const explorer = (await load())(name, { ...look, searchPlaces: inAnyFolder });
    const result = found(await explorer.search(dir));
    if (result !== undefined) return result;
  }
  if (!isAnyThere(search.userDir, inUserFolder)) return undefined;
  const ofUser = (await load())(name, { ...look, searchPlaces: inUserFolder });
  return found(await ofUser.search(search.userDir));
}

/** cosmiconfig's own way upwards ends at the home folder or at a package; a recipe may lie anywhere. */
function* upwards(from: string): Generator<string> {
  for (let dir = from; ; dir = dirname(dir)) {
    yield dir;
    if (dirname(dir) === dir) return;
  }
}

function found(result: CosmiconfigResult): FoundConfig | undefined {
  return result === null ? undefined : { path: result.filepath, value: result.isEmpty ? {} : result.config };
}
