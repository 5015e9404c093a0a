import { Failure } from "../../src/base/failure.ts";
import type { Clock } from "../../src/base/clock.ts";
import type { Files, Journal, Report } from "../../src/executor/ports.ts";
import type { WatchReport } from "../../src/executor/watch-request.ts";
import { memoryJournal } from "../../src/journal/memory-journal.ts";
import type { FoundFile } from "../../src/plan/planned-job.ts";
import { paperFiles } from "../support/paper-files.ts";
import { recipeOf } from "../support/plan-for.ts";
import { sha256 } from "../support/planned-job.ts";
import { seededRandom, type Random } from "../support/seeded-random.ts";
import { stepClock, type StepClock } from "../support/step-clock.ts";
import { quickService, type QuickService } from "./quick-service.ts";
import { startStoryWatch, type RunningWatch, type StartChange } from "./start-story-watch.ts";
import { memoryTree, type MemoryTree, type TreeFile, type TreeNeeds } from "./memory-tree.ts";

/** One watched folder with all behind it, under a step clock: what the service took on is the truth. */
export interface WatchStory {
  readonly clock: StepClock;
  readonly random: Random;
  readonly tree: MemoryTree;
  readonly journal: Journal;
  readonly service: QuickService;
  readonly said: string[];
  readonly told: WatchReport[];
  readonly reports: Report[];
  /** What stood in the tree at the moment when the service was given it. */
  readonly uploaded: (TreeFile | undefined)[];
  readonly after: { readonly name: string; readonly end: string; readonly isVerified: boolean }[];
  /** Moves the clock that the watch sees, as a suspend or a person does. */
  skip(ms: number): void;
  /** Starts the watch; it goes on until the returned function is called, or with `once` until it ends. */
  start(change?: StartChange): RunningWatch;
  run<Value>(work: () => Promise<Value>): Promise<Value>;
}

export interface StoryNeeds extends Pick<TreeNeeds, "canTellWriters" | "hintsOf"> {
  readonly seed?: number;
  readonly recipe?: string;
  /** The longest that a turn takes. */
  readonly turnMs?: number;
}

const usualRecipe = `
name: clip
watch: { folder: inbox }
prompts: "animate \${{ input.name }} \${{ input.hash }}"
export: { to: "out/\${{ job.name }}.mp4" }
poll: { state: 30s, render: 30s }
`;

export function watchStory(needs: StoryNeeds = {}): WatchStory {
  const { seed = 1, recipe: text = usualRecipe } = needs;
  const random = seededRandom(seed);
  const clock = stepClock();
  let skippedMs = 0;
  const shifted: Clock = {
    now: () => clock.now() + skippedMs,
    sleep: (ms, signal) => clock.sleep(ms, signal),
  };
  const tree = memoryTree({ root: "/in", now: shifted.now, ...needs });
  const journal = memoryJournal(shifted);
  const story = { said: [] as string[], told: [] as WatchReport[], reports: [] as Report[] };
  const uploaded: (TreeFile | undefined)[] = [];
  const after: WatchStory["after"] = [];
  let ids = 0;
  const quick = quickService(clock, () => random.between(1_000, needs.turnMs ?? 120_000));
  const service: QuickService = {
    ...quick,
    uploadFile: async (...call) => {
      uploaded.push(tree.file(call[0].source.name));
      return quick.uploadFile(...call);
    },
  };
  const files: Files = { ...paperFiles(), openInput: (file) => openTreeInput(file, tree) };
  const recipe = recipeOf(text, "clip.yaml");

  const start = (change: StartChange = {}): RunningWatch =>
    startStoryWatch(
      {
        recipe,
        tree,
        startHints: tree.startHints,
        clock: shifted,
        ports: {
          service,
          journal,
          files,
          reporter: { report: (report) => void story.reports.push(report) },
          clock: shifted,
          hash: sha256,
          newId: (prefix) => `${prefix}_${ids++}`,
          chance: () => random.next(),
        },
        say: (line) => void story.said.push(line),
        tell: (report) => void story.told.push(report),
        after: async (file, end) => void after.push({ name: file.shownPath, ...end }),
      },
      change,
    );

  return {
    ...story,
    clock,
    random,
    tree,
    journal,
    service,
    uploaded,
    after,
    skip: (ms) => void (skippedMs += ms),
    start,
    run: (work) => clock.run(work()),
  };
}

/** As the disk does it: what changed since it was planned is refused. The name finds it again for the oracle. */
export async function openTreeInput(file: FoundFile, tree: MemoryTree): ReturnType<Files["openInput"]> {
  const isThere = await tree.isThere();
  const standing = !isThere ? undefined : tree.file(file.path.slice(tree.root.length + 1));
  if (standing === undefined || standing.mtimeMs !== file.mtimeMs || standing.sizeBytes !== file.sizeBytes)
    throw new Failure({ code: "file-changed", message: `${file.shownPath} changed`, sent: "not-sent" });
  return { name: file.shownPath, sizeBytes: file.sizeBytes, open: async function* () {} };
}

/** How often the service was asked, and charged, for a photo with this text. */
export function timesPaid({ service }: WatchStory, text: string): number {
  const hash = sha256(text);
  return service.accepted.filter(({ prompt }) => prompt.includes(hash)).length;
}
