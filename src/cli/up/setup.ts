import type { Config } from "../../config/config.ts";
import type { Call } from "../call.ts";
import { exitCodes } from "../exit-code.ts";
import { refuseNamesakes } from "../recipes/refuse-namesakes.ts";
import { clashes } from "../schedule/open-timetables.ts";
import { loadSettings } from "../settings.ts";
import { Stop, usage } from "../stop.ts";
import { refuseUnlimited, withDayLimit } from "../unattended-budget.ts";
import { wallClock } from "../wall-clock.ts";
import { readEdition, type Edition } from "./edition.ts";

/** What `up` works by: the config and the recipes that it names, as they were read last. */
export interface Setup {
  readonly config: Config;
  readonly configFile?: string;
  readonly editions: readonly Edition[];
}

export interface UpCall {
  readonly call: Call;
  /** `--max-credits`: a day's limit. */
  readonly maxCredits: number | undefined;
}

/** Reads all. Whatever is wrong, or spends without a limit, ends the command before anything is sent. */
export async function readSetup(up: UpCall): Promise<Setup> {
  const read = await readConfig(up);
  const { config } = read;
  const editions: Edition[] = [];
  const stops: Stop[] = [];
  for (const file of new Set(config.up))
    try {
      editions.push(await readEdition(file, up.call, config));
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      stops.push(error);
    }
  if (stops.length > 0) throw together(stops);
  checkTogether(editions, read, up);
  return { ...read, editions };
}

/** The config with the day's limit in it. Problems, and one that names no recipes, stop with exit 2. */
export async function readConfig({ call, maxCredits }: UpCall): Promise<Omit<Setup, "editions">> {
  const { config, problems, file } = await loadSettings(call);
  if (config === undefined) throw new Stop(exitCodes.usage, "the config is wrong", { problems });
  call.secrets.add(config.token, config.clientId);
  if (config.up.length === 0)
    throw usage(
      file === undefined
        ? "there is no config file here that names recipes for up."
        : `${file}: it names no recipes for up.`,
      "Name them: up: [recipes/promo.yaml] in nemo-recipe.config.yaml",
      "no-recipe",
    );
  return { config: withDayLimit(config, maxCredits), ...(file !== undefined && { configFile: file }) };
}

/** What no recipe shows by itself: names that two share, spending without a limit, slots that two entries want. */
export function checkTogether(
  editions: readonly Edition[],
  { config }: Pick<Setup, "config">,
  { call: { screen } }: UpCall,
): void {
  const recipes = editions.map(({ recipe }) => recipe);
  refuseNamesakes(recipes);
  refuseUnlimited(config, recipes);
  const entries = editions.flatMap((edition) => edition.entries);
  for (const clash of clashes(entries, wallClock.now()))
    screen.note(`${screen.paint.yellow("warning:")} ${clash}`);
}

/** All that is wrong is shown at once. */
function together(stops: readonly Stop[]): Stop {
  const [first] = stops;
  if (first !== undefined && stops.length === 1) return first;
  const problems = stops.flatMap((stop) => stop.problems);
  const messages = stops.flatMap(({ message }) => (message === "" ? [] : [message]));
  return new Stop(exitCodes.usage, messages.join(" "), { problems });
}
