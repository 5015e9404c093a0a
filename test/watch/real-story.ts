import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { diskFiles } from "../../src/files/disk-files.ts";
import { folderTree } from "../../src/files/folder-tree.ts";
import { memoryJournal } from "../../src/journal/memory-journal.ts";
import { startHints } from "../../src/watch/start-hints.ts";
import { paperFiles } from "../support/paper-files.ts";
import { recipeOf } from "../support/plan-for.ts";
import { sha256 } from "../support/planned-job.ts";
import { seededRandom, type Random } from "../support/seeded-random.ts";
import { wallClock } from "../support/wall-clock.ts";
import { photoNumber, sha256Of } from "./photo-number.ts";
import { quickService, type AcceptedTurn } from "./quick-service.ts";
import { startStoryWatch, type RunningWatch } from "./start-story-watch.ts";

/** A real folder with the watch and all behind it; what the service was given is the truth. */
export interface RealStory {
  readonly root: string;
  /** A folder beside it, with `secret.jpg`. */
  readonly outside: string;
  readonly random: Random;
  /** Hashes of the bytes that the service was given. */
  readonly uploaded: readonly string[];
  /** Hashes of all photos that ever stood there whole. */
  readonly whole: ReadonlySet<string>;
  photo(number: number): Buffer;
  accepted(): readonly AcceptedTurn[];
  start(): RunningWatch;
}

const recipe = recipeOf(
  `
name: clip
watch: { folder: inbox }
prompts: "animate \${{ input.hash }}"
export: { to: "out/\${{ job.name }}.mp4" }
poll: { state: 40ms, render: 40ms }
`,
  "clip.yaml",
);

export async function realStory(seed: number, folder: string): Promise<RealStory> {
  const [root, outside] = [join(folder, "inbox"), join(folder, "outside")];
  for (const one of [root, outside]) mkdirSync(one);
  writeFileSync(join(outside, "secret.jpg"), photoNumber(`secret ${seed}`));
  const random = seededRandom(seed);
  const clock = wallClock();
  const journal = memoryJournal(clock);
  const quick = quickService(clock, () => random.between(1, 200));
  const uploaded: string[] = [];
  const service: typeof quick = {
    ...quick,
    uploadFile: async (call, options) => {
      const hash = createHash("sha256");
      for await (const chunk of call.source.open()) hash.update(chunk);
      uploaded.push(hash.digest("hex"));
      return quick.uploadFile(call, options);
    },
  };
  const files = { ...paperFiles(), openInput: diskFiles({ clock }).openInput };
  const tree = await folderTree(realpathSync(root), { isRemote: false });
  const whole = new Set<string>();
  let ids = 0;
  return {
    root,
    outside,
    random,
    uploaded,
    whole,
    photo(number) {
      const bytes = photoNumber(number);
      whole.add(sha256Of(bytes));
      return bytes;
    },
    accepted: () => quick.accepted,
    start: () =>
      startStoryWatch(
        {
          recipe,
          tree,
          startHints,
          clock,
          ports: {
            service,
            journal,
            files,
            reporter: { report: () => undefined },
            clock,
            hash: sha256,
            newId: (prefix) => `${prefix}_${ids++}`,
            chance: () => random.next(),
          },
          say: () => undefined,
          tell: () => undefined,
          after: async () => undefined,
        },
        { concurrency: 4, settleMs: 150 },
      ),
  };
}
