// Random file-system scripts: what people, programs, drives and the machine do to a watched folder.
import { seededRandom } from "../support/seeded-random.ts";
import type { RunningWatch } from "./start-story-watch.ts";
import { timesPaid, watchStory, type WatchStory } from "./watch-story.ts";

export interface ScriptEnd {
  readonly seed: number;
  readonly log: readonly string[];
  /** Photos that stand there whole in the end and were not made. */
  readonly missing: readonly string[];
  /** Photos that were paid more than once. */
  readonly doubled: readonly string[];
  /** Uploads of what was not whole, or was being written. */
  readonly tooSoon: number;
}

const operations = 50;

export async function playScript(
  seed: number,
  look: (story: WatchStory) => Promise<void> = async () => undefined,
): Promise<ScriptEnd> {
  const story = watchStory({
    seed,
    canTellWriters: seed % 2 === 0,
    ...(seed % 3 === 0 && { hintsOf: lossy(seed) }),
  });
  const log: string[] = [];
  await story.run(async () => {
    let running = story.start({ concurrency: 4 });
    for (let step = 0; step < operations; step++) {
      const next = await operate(story, running, step);
      log.push(next.did);
      running = next.running;
      await story.clock.sleep(story.random.pick([0, 10, 200, 1_000, 3_000, 20_000]));
    }
    story.tree.setThere(true);
    // A look at everything finds what no hint told of; then all jobs are waited for.
    await story.clock.sleep(300_000);
    for (let waits = 0; waits < 60 && missing(story).length > 0; waits++) await story.clock.sleep(120_000);
    await running.stop();
  });
  await look(story);
  const { service, uploaded } = story;
  const paid = new Map<string, number>();
  for (const { prompt } of service.accepted) {
    const hash = prompt.split(" ").at(-1) ?? "";
    paid.set(hash, (paid.get(hash) ?? 0) + 1);
  }
  return {
    seed,
    log,
    missing: missing(story),
    doubled: [...paid].filter(([, times]) => times > 1).map(([hash]) => hash),
    tooSoon: uploaded.filter((file) => file !== undefined && (!file.isWhole || file.isOpen)).length,
  };
}

/** Photos that stand there whole and that nobody has asked the service for. */
function missing(story: WatchStory): string[] {
  const { tree } = story;
  const standing = tree.names().filter((name) => isTaken(name) && tree.file(name)?.isWhole === true);
  const texts = new Set(standing.map((name) => tree.file(name)?.text ?? ""));
  return [...texts].filter((text) => timesPaid(story, text) === 0);
}

const isTaken = (name: string): boolean =>
  name.endsWith(".jpg") &&
  !name.split("/").some((part) => part.startsWith(".")) &&
  !/^(done|failed)\//.test(name);

async function operate(
  story: WatchStory,
  running: RunningWatch,
  step: number,
): Promise<{ readonly did: string; readonly running: RunningWatch }> {
  const { tree, random, clock } = story;
  const names = tree.names();
  const some = (): string | undefined => (names.length === 0 ? undefined : random.pick(names));
  const fresh = (): string => `${random.pick(["", "", "", "a/", "a/b/", "new/deep/er/"])}${step}.jpg`;
  const did = (what: string): { did: string; running: RunningWatch } => ({ did: what, running });
  const old = some();
  const chance = random.next();
  if (chance < 0.3 || old === undefined) {
    const name = fresh();
    tree.put(name, { text: `photo ${step}` });
    return did(`drop ${name}`);
  }
  if (chance < 0.45) return did(await slowCopy(story, fresh(), step));
  if (chance < 0.53) {
    const to = fresh();
    tree.put(to, { ...tree.file(old), text: tree.file(old)?.text ?? "" });
    return did(`copy ${old} to ${to}`);
  }
  if (chance < 0.63) {
    const to = fresh();
    if (!tree.file(old)?.isOpen) tree.rename(old, to);
    return did(`rename ${old} to ${to}`);
  }
  if (chance < 0.7) {
    tree.put(old, { text: `photo ${step} in place` });
    return did(`rewrite ${old}`);
  }
  if (chance < 0.75) {
    tree.remove(old);
    return did(`remove ${old}`);
  }
  if (chance < 0.79) {
    const folder = random.pick(["a", "a/b", "new"]);
    if (tree.folders().includes(folder)) tree.rename(folder, `moved${step}`);
    return did(`move folder ${folder}`);
  }
  if (chance < 0.83) {
    tree.put(`.${step}.jpg`, { text: `hidden ${step}` });
    tree.put(`${step}.jpg.part`, { text: `part ${step}` });
    tree.put(`done/${step}.jpg`, { text: `done ${step}` });
    return did("names that are not meant");
  }
  if (chance < 0.87) {
    tree.setThere(false);
    await clock.sleep(random.pick([100, 10_000, 100_000]));
    tree.setThere(true);
    return did("the drive is away for a while");
  }
  if (chance < 0.9) {
    story.skip(random.pick([20_000, 3_600_000, -5_000, -100_000]));
    return did("the machine sleeps, or its clock is set");
  }
  if (chance < 0.94) {
    tree.put(old, { ...tree.file(old), text: tree.file(old)?.text ?? "" });
    return did(`touch ${old}`);
  }
  await running.stop();
  await clock.sleep(random.pick([0, 5_000]));
  return { did: "restart", running: story.start({ concurrency: 4 }) };
}

/** A copy in pieces, with pauses longer than `settle`; its program may hold it open, or its space be reserved. */
async function slowCopy({ tree, random, clock }: WatchStory, name: string, step: number): Promise<string> {
  const text = `slow photo ${step}`;
  const isReserved = random.chance(0.3);
  const isOpen = random.chance(0.5);
  for (let part = 1; part < 4; part++) {
    const written = text.slice(0, part);
    tree.put(name, { text: written, isWhole: false, isOpen, ...(isReserved && { sizeBytes: text.length }) });
    await clock.sleep(random.pick([50, 1_500, 5_000, 15_000]));
  }
  if (random.chance(0.2)) return `a copy of ${name} that stops for ever`;
  tree.put(name, { text });
  return `slow copy ${name}`;
}

/** Hints that are lost half of the time, and doubled now and then. */
function lossy(seed: number): () => number {
  const random = seededRandom(seed + 0x9999);
  return () => random.pick([0, 0, 1, 2]);
}
