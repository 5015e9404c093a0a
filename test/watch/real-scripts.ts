// Random scripts on a real folder, in real time: the same promise as in scripts.ts, with the system's own hints, links,
// half-written files and a journal that outlives the watch.
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sha256Of } from "./photo-number.ts";
import { realStory, type RealStory } from "./real-story.ts";
import type { RunningWatch } from "./start-story-watch.ts";

export interface RealScriptEnd {
  readonly seed: number;
  readonly log: readonly string[];
  /** Photos that stand there whole in the end and were not made. */
  readonly missing: readonly string[];
  /** Photos that only a look at everything found. */
  readonly late: readonly string[];
  /** Photos that were paid more than once. */
  readonly doubled: readonly string[];
  /** Uploads whose bytes were no whole photo of this folder: cut, empty, or of a file outside. */
  readonly wrong: number;
}

const operations = 50;
const pauses = [0, 0, 10, 40, 120] as const;
const hintsWaitMs = 60_000;
const looksWaitMs = 60_000;

/** Plays one script in a folder of its own; `outside` holds a photo that must never be sent. */
export async function playRealScript(seed: number, folder: string): Promise<RealScriptEnd> {
  const story = await realStory(seed, folder);
  const log: string[] = [];
  let running = story.start();
  for (let step = 0; step < operations; step++) {
    const next = await operate(story, running, step);
    log.push(next.did);
    running = next.running;
    await sleep(story.random.pick(pauses));
  }
  await waitForAll(story, hintsWaitMs);
  // What no hint told of is found by a look at everything: it comes every few minutes, and with each start.
  const late = missing(story);
  if (late.length > 0) {
    await running.stop();
    running = story.start();
    await waitForAll(story, looksWaitMs);
  }
  await running.stop();
  const paid = new Map<string, number>();
  for (const { prompt } of story.accepted()) paid.set(prompt, (paid.get(prompt) ?? 0) + 1);
  return {
    seed,
    log,
    missing: missing(story),
    late,
    doubled: [...paid].filter(([, times]) => times > 1).map(([prompt]) => prompt),
    wrong: story.uploaded.filter((sha256) => !story.whole.has(sha256)).length,
  };
}

async function waitForAll(story: RealStory, longestMs: number): Promise<void> {
  const untilMs = performance.now() + longestMs;
  while (missing(story).length > 0 && performance.now() < untilMs) await sleep(50);
}

/** Photos that stand there whole and that nobody has asked the service for. */
function missing({ root, whole, accepted }: RealStory): string[] {
  const paid = new Set(accepted().map(({ prompt }) => prompt));
  return photosIn(root).filter((name) => {
    const sha256 = sha256Of(readFileSync(join(root, name)));
    return whole.has(sha256) && !paid.has(`animate ${sha256}`);
  });
}

/** By their ways from the root; what a person sees of links is not looked at. */
function photosIn(root: string, way = ""): string[] {
  return readdirSync(join(root, way), { withFileTypes: true }).flatMap((entry) => {
    const inner = join(way, entry.name);
    if (entry.name.startsWith(".") || inner === "done") return [];
    if (entry.isDirectory()) return photosIn(root, inner);
    return entry.isFile() && entry.name.endsWith(".jpg") ? [inner] : [];
  });
}

interface Step {
  readonly did: string;
  readonly running: RunningWatch;
}

async function operate(story: RealStory, running: RunningWatch, step: number): Promise<Step> {
  const { root, random } = story;
  const photos = photosIn(root);
  const old = photos.length === 0 ? undefined : join(root, random.pick(photos));
  const fresh = (): string => {
    const path = join(root, random.pick(["", "", "", "a", "a/b", "new/deep/er"]), `${step}.jpg`);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };
  const did = (what: string): Step => ({ did: `${step}: ${what}`, running });
  const chance = random.next();
  if (chance < 0.3 || old === undefined) {
    writeFileSync(fresh(), story.photo(step));
    return did("drop");
  }
  if (chance < 0.45) return did(await slowCopy(story, fresh(), step));
  if (chance < 0.53) {
    copyFileSync(old, fresh());
    return did(`copy ${basename(old)}`);
  }
  if (chance < 0.65) {
    renameSync(old, fresh());
    return did(`rename ${basename(old)}`);
  }
  if (chance < 0.71) {
    writeFileSync(old, story.photo(step));
    return did(`rewrite ${basename(old)} in place`);
  }
  if (chance < 0.75) {
    rmSync(old);
    return did(`remove ${basename(old)}`);
  }
  if (chance < 0.79) return did(moveFolder(story, step));
  if (chance < 0.84) return did(plantForeign(story, step));
  if (chance < 0.87) {
    renameSync(root, `${root}-away`);
    await sleep(random.pick([5, 200, 1_000]));
    renameSync(`${root}-away`, root);
    return did("the folder is away for a while");
  }
  if (chance < 0.93) {
    const at = new Date(Date.now() - random.between(0, 100_000_000));
    utimesSync(old, at, at);
    return did(`touch ${basename(old)}`);
  }
  await running.stop();
  await sleep(random.pick(pauses));
  return { did: `${step}: restart`, running: story.start() };
}

/** A copy in pieces, with pauses longer than `settle`; its space may be reserved from the start. */
async function slowCopy({ photo, random }: RealStory, path: string, step: number): Promise<string> {
  const bytes = photo(step);
  const isReserved = random.chance(0.3);
  for (let part = 1; part < 4; part++) {
    const written = bytes.subarray(0, Math.floor((bytes.length * part) / 4));
    const rest = Buffer.alloc(isReserved ? bytes.length - written.length : 0);
    writeFileSync(path, Buffer.concat([written, rest]));
    await sleep(random.pick([10, 150, 350]));
  }
  if (random.chance(0.2)) return `a copy of ${basename(path)} that stops for ever`;
  writeFileSync(path, bytes);
  return `slow copy of ${basename(path)}`;
}

function moveFolder({ root, random }: RealStory, step: number): string {
  const folder = random.pick(["a", join("a", "b"), "new"]);
  if (!existsSync(join(root, folder))) return "nothing";
  renameSync(join(root, folder), join(root, `moved${step}`));
  return `move folder ${folder}`;
}

/** Links to a photo and a folder outside, and names that are not meant. */
function plantForeign({ root, outside }: RealStory, step: number): string {
  symlinkSync(join(outside, "secret.jpg"), join(root, `link${step}.jpg`));
  symlinkSync(outside, join(root, `folder${step}`));
  mkdirSync(join(root, "done"), { recursive: true });
  for (const name of [`.${step}.jpg`, `${step}.jpg.part`, join("done", `${step}.jpg`)])
    linkSync(join(outside, "secret.jpg"), join(root, name));
  return "links, and names that are not meant";
}
