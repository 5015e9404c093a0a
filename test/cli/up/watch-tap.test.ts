import { expect, it } from "vitest";
import { watchTap } from "../../../src/cli/up/watch-tap.ts";
import type { FileGroup } from "../../../src/watch/file-groups.ts";
import type { FolderWatch } from "../../../src/watch/watch-folder.ts";

const group = (part: string): FileGroup => ({ files: [], part, comeAgain: () => undefined });

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A folder that brings a group when the test says so. */
function folder(): { readonly watch: FolderWatch; bring(part: string): void } {
  const bring: ((group: FileGroup) => void)[] = [];
  const watch: FolderWatch = {
    next: () => new Promise((resolve) => bring.push(resolve)),
    started: Promise.resolve(),
    standing: () => ({ isPaused: false, waiting: 0, leftOut: 0 }),
    close: async () => undefined,
  };
  return { watch, bring: (part) => bring.shift()?.(group(part)) };
}

it("a group that comes when nobody waits any more goes to whoever asks next, and none is lost", async () => {
  const { watch, bring } = folder();
  const tap = watchTap("key", watch);
  const former = new AbortController();
  const asked = [tap.next(former.signal), tap.next(former.signal)];
  await soon();
  former.abort();
  expect(await Promise.all(asked)).toEqual([undefined, undefined]);
  bring("a");
  const latter = new AbortController();
  const next = [tap.next(latter.signal), tap.next(latter.signal)];
  expect((await next[0])?.part).toBe("a");
  await soon();
  bring("b");
  expect((await next[1])?.part).toBe("b");
});

it("a watch that fails tells who waits, and is asked again by the next", async () => {
  let isBroken = true;
  const watch: FolderWatch = {
    ...folder().watch,
    next: async () => {
      if (isBroken) throw new Error("broken");
      return group("a");
    },
  };
  const tap = watchTap("key", watch);
  const { signal } = new AbortController();
  await expect(tap.next(signal)).rejects.toThrow("broken");
  isBroken = false;
  expect((await tap.next(signal))?.part).toBe("a");
});
