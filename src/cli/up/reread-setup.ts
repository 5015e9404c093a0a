import { Failure } from "../../base/failure.ts";
import type { Config } from "../../config/config.ts";
import { formatProblem } from "../../recipe/format-problem.ts";
import { problemText } from "../problem-text.ts";
import { recordDaemon } from "../record-daemon.ts";
import { Stop } from "../stop.ts";
import { checkEdition, type CheckedWatch } from "./check-edition.ts";
import { isFresh, readEdition, type Edition } from "./edition.ts";
import { checkTogether, readConfig, type Setup, type UpCall } from "./setup.ts";
import type { UpShared } from "./up-shared.ts";

export interface Reread {
  readonly setup: Setup;
  /** Watches of new editions that were looked at already. */
  readonly checked: ReadonlyMap<Edition, CheckedWatch>;
  /** False where something is wrong, and was told. */
  readonly isWhole: boolean;
}

export interface RereadNeeds {
  readonly up: UpCall;
  readonly shared: UpShared;
  /** What was told of each file that is refused: the same is not told again. */
  readonly told: Map<string, string>;
}

/** What is bound when the program starts: another value waits for the next start. */
const bound = [
  "backend",
  "apiUrl",
  "webUrl",
  "stateDir",
  "token",
  "clientId",
  "skillSource",
  "health",
] as const;

/**
 * Reads all again. What is wrong is told, with its place, and what was before stays in force: of a recipe its edition,
 * of the config the whole of it.
 */
export async function rereadSetup(before: Setup, { up, shared, told }: RereadNeeds): Promise<Reread> {
  const tell = refusals(up, told);
  let isWhole = true;
  const refused = (file: string, error: unknown): void => {
    tell(file, error);
    isWhole = false;
  };
  const read = await readConfig(up).catch((error: unknown) => {
    refused(before.configFile ?? "the config", error);
    return before;
  });
  const config = withBound(before.config, read.config, up);
  const editions: Edition[] = [];
  const checked = new Map<Edition, CheckedWatch>();
  for (const file of new Set(config.up)) {
    const last = before.editions.find((edition) => edition.file === file);
    try {
      const edition =
        last !== undefined && (await isFresh(last, config)) ? last : await readEdition(file, up.call, config);
      if (edition.stamp === last?.stamp) editions.push(last);
      else {
        const others = shared.taps.folders().filter(({ recipe }) => recipe.name !== last?.recipe.name);
        const watch = await checkEdition(edition, { ...shared, config }, others);
        if (watch !== undefined) checked.set(edition, watch);
        editions.push(edition);
      }
      told.delete(file);
    } catch (error) {
      refused(file, error);
      if (last !== undefined) editions.push(last);
    }
  }
  const { configFile } = read;
  const setup = { config, editions, ...(configFile !== undefined && { configFile }) };
  try {
    checkTogether(editions, setup, up);
    if (read !== before) told.delete(configFile ?? "the config");
    return { setup, checked, isWhole };
  } catch (error) {
    refused(configFile ?? "the config", error);
    return { setup: before, checked: new Map(), isWhole };
  }
}

function withBound(before: Config, now: Config, { call: { screen } }: UpCall): Config {
  const other = bound.filter((key) => before[key] !== now[key]);
  if (other.length > 0)
    screen.alert(
      `${screen.paint.yellow("!")} ${other.join(", ")} in the config: another value is taken at the next start.`,
    );
  return { ...now, ...Object.fromEntries(bound.map((key) => [key, before[key]])) };
}

/** Mistakes of people are told, and what disk and journal refused; what nobody foresaw goes on as what it is. */
function refusals({ call }: UpCall, said: Map<string, string>): (file: string, error: unknown) => void {
  const { screen } = call;
  const record = recordDaemon(call);
  return (file, error) => {
    const { message, problems, hint } = refusalOf(error);
    const told = problems.map((problem) => formatProblem(problem, { color: (_, text) => text }));
    const text = [message, ...told].filter(Boolean).join("\n");
    if (said.get(file) === text) return;
    said.set(file, text);
    if (message !== "") screen.alert(`${screen.paint.red("error:")} ${message}`);
    if (problems.length > 0) screen.alert(problemText(problems, screen.paint));
    if (hint !== undefined) screen.alert(hint);
    screen.alert(`${file} is not taken as it is now: what was read before goes on.`);
    record({ type: "recipe-refused", file, message: text });
  };
}

function refusalOf(error: unknown): Pick<Stop, "message" | "problems" | "hint"> {
  if (error instanceof Stop) return error;
  if (!(error instanceof Failure)) throw error;
  const { code, message, hint } = error.facts;
  return { message: `${code}: ${message}`, problems: [], hint };
}
