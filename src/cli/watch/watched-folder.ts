import { resolve } from "node:path";
import { mountTable, watchableFolder } from "../../files/watchable-folder.ts";
import { networkDrive } from "../../journal/network-drive.ts";
import { isInside } from "../../files/is-inside.ts";
import { evaluateTemplate } from "../../recipe/evaluate-template.ts";
import type { Recipe, WatchBlock } from "../../recipe/recipe.ts";
import { nameRules, type NameRules } from "../../watch/name-rules.ts";
import { exitCodes } from "../exit-code.ts";
import { readPairs } from "../read-pairs.ts";
import { Stop, usage } from "../stop.ts";
import type { Call } from "../call.ts";
import { relative, sep } from "node:path";

/** A recipe with the folder that it watches, ready to be looked at. */
export interface WatchedFolder {
  readonly recipe: Recipe;
  readonly block: WatchBlock;
  /** Absolute, with all links followed. */
  readonly folder: string;
  readonly done: string;
  readonly failed: string;
  readonly rules: NameRules;
  readonly settleMs: number;
  readonly pollMs?: number;
  /** The kind of drive, where it is another machine's. */
  readonly drive?: string;
}

const usualSettleMs = 2_000;
const remoteSettleMs = 10_000;
const remotePollMs = 5_000;

/** Where a recipe's watch looks, and how. Stops with exit 2 where that folder cannot be watched. */
export async function watchedFolder(recipe: Recipe, call: Call): Promise<WatchedFolder> {
  const block = recipe.watch ?? bareBlock(recipe);
  const named = folderOf(recipe, call);
  const found = await watchableFolder(named);
  if ("not" in found)
    throw usage(
      `the folder ${named} ${found.not}.`,
      "Make it, or name another with --folder or watch.folder.",
      "bad-folder",
    );
  const folder = found.real;
  const [done, failed] = [resolve(folder, block.done ?? "done"), resolve(folder, block.failed ?? "failed")];
  if (block.after === "move" && (done === folder || failed === folder))
    throw usage(
      `${recipe.file}: done and failed cannot be the watched folder itself.`,
      undefined,
      "bad-folder",
    );
  const drive = networkDrive(folder, await mountTable());
  const isRemote = drive !== undefined && block.poll === "auto";
  const pollMs = typeof block.poll === "object" ? block.poll.everyMs : isRemote ? remotePollMs : undefined;
  const aside = [done, failed]
    .filter((path) => isInside(path, folder))
    .map((path) => slashed(relative(folder, path)));
  return {
    recipe,
    block,
    folder,
    done,
    failed,
    rules: nameRules(block, aside),
    settleMs: drive !== undefined && block.settleMs === usualSettleMs ? remoteSettleMs : block.settleMs,
    ...(pollMs !== undefined && { pollMs }),
    ...(drive !== undefined && { drive }),
  };
}

export const slashed = (path: string): string => path.replaceAll(sep, "/");

/** Where the recipe says to look: `--folder` starts at the working folder, `watch.folder` at the recipe's. */
export function folderOf({ watch, dir, file, params, name }: Recipe, { flags, io }: Call): string {
  if (flags.folder !== undefined) return resolve(io.cwd, flags.folder);
  const folder = watch?.folder;
  if (folder === undefined) {
    const message = watch === undefined ? `${file}: there is no watch` : `${file}: watch has no folder`;
    throw usage(
      `${message}.`,
      "Name one: --folder inbox, or watch: { folder: inbox } in the recipe.",
      "bad-folder",
    );
  }
  if (typeof folder === "string") return resolve(dir, folder);
  const given = Object.entries(params).map(([param, { default: value }]) => [param, value]);
  const scope = {
    params: { ...Object.fromEntries(given), ...readPairs(flags.param) },
    recipe: { name, dir },
  };
  const text = evaluateTemplate<string>(folder, scope);
  if ("problem" in text) throw new Stop(exitCodes.usage, "", { problems: [text.problem] });
  return resolve(dir, text.value);
}

/** A recipe without `watch` takes its defaults. */
function bareBlock({ file }: Recipe): WatchBlock {
  return {
    ignore: [],
    recursive: true,
    group: "file",
    settleMs: usualSettleMs,
    quietMs: 60_000,
    max: 100,
    existing: "process",
    poll: "auto",
    after: "keep",
    place: { file, line: 1, column: 1, length: 1 },
  };
}
