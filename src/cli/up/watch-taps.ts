import { canonicalJson } from "../../base/json.ts";
import type { WatchStanding } from "../../watch/watch-folder.ts";
import type { Call } from "../call.ts";
import type { KnownOutputs } from "../watch/group-planner.ts";
import { lookAt } from "../watch/look-at.ts";
import type { WatchedFolder } from "../watch/watched-folder.ts";
import { watchTap, type WatchTap } from "./watch-tap.ts";

/** The taps of all recipes, each by the recipe's file. */
export interface WatchTaps {
  /** The tap for a folder: the one that is open where it looks at the same in the same way, else a new one. */
  open(file: string, folder: WatchedFolder): Promise<WatchTap>;
  close(file: string): Promise<void>;
  /** The folder is not there yet. */
  awaits(file: string): void;
  /** Names and outputs that the jobs of all editions of a recipe have been given. */
  knownOf(file: string): KnownOutputs;
  /** Folders that are being watched. */
  folders(): readonly WatchedFolder[];
  standings(): ReadonlyMap<string, WatchStanding>;
}

/**
 * Owns: the open taps, and what was given to jobs behind them. Talks to: the folders.
 * Invariants: one tap for a recipe.
 */
export function watchTaps(call: Call, signal: AbortSignal): WatchTaps {
  const taps = new Map<string, { readonly tap: WatchTap; readonly folder: WatchedFolder }>();
  const known = new Map<string, KnownOutputs>();
  const paths = new Set<string>();
  const awaited = new Set<string>();

  const close = async (file: string): Promise<void> => {
    const open = taps.get(file);
    taps.delete(file);
    awaited.delete(file);
    await open?.tap.close();
  };
  return {
    async open(file, folder) {
      const key = keyOf(folder);
      const open = taps.get(file);
      if (open?.tap.key === key) {
        taps.set(file, { ...open, folder });
        return open.tap;
      }
      await close(file);
      const tap = watchTap(key, await lookAt(folder, call, signal));
      taps.set(file, { tap, folder });
      return tap;
    },
    close,
    awaits: (file) => void awaited.add(file),
    knownOf(file) {
      const outputs = known.get(file) ?? { names: new Set(), paths };
      known.set(file, outputs);
      return outputs;
    },
    folders: () => [...taps.values()].map(({ folder }) => folder),
    standings: () =>
      new Map([
        ...[...awaited].map((file) => [file, { isPaused: true, waiting: 0, leftOut: 0 }] as const),
        ...[...taps].map(([file, { tap }]) => [file, tap.standing()] as const),
      ]),
  };
}

function keyOf({ block, folder, done, failed, settleMs, pollMs, drive }: WatchedFolder): string {
  const { place: _, ...look } = block;
  return canonicalJson({ look, folder, done, failed, settleMs, pollMs, drive });
}
