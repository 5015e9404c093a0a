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
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../support/seeded-random.ts";
import { photoNumber, sha256Of } from "../watch/photo-number.ts";

/** A folder that people and programs drop photos into, and what a fair judge of it must know. */
export interface BusyInbox {
  readonly root: string;
  /** Hashes of all photos that ever lay there whole. */
  readonly whole: ReadonlySet<string>;
  /** Does things to the folder until all photos are there. */
  fill(photos: number): Promise<void>;
  /** Hashes of the whole photos that lie there now, in `done` or `failed` too, each as often as it lies there. */
  standing(): {
    readonly inbox: readonly string[];
    readonly done: readonly string[];
    readonly failed: readonly string[];
  };
}

export function busyInbox(folder: string, random: Random): BusyInbox {
  const [root, outside] = [join(folder, "inbox"), join(folder, "outside")];
  mkdirSync(root);
  mkdirSync(outside);
  writeFileSync(join(outside, "secret.jpg"), photoNumber("secret"));
  const whole = new Set<string>();
  const photo = (number: number): Buffer => {
    const bytes = photoNumber(number);
    whole.add(sha256Of(bytes));
    return bytes;
  };
  const place = (number: number): string => {
    const inner = random.pick(["", "", "trip", "trip/day 2"]);
    mkdirSync(join(root, inner), { recursive: true });
    return join(root, inner, `${number}.jpg`);
  };

  /** In pieces, with pauses longer than `settle`; some have their space reserved from the start. */
  const slowly = async (number: number): Promise<void> => {
    const [path, bytes, isReserved] = [place(number), photo(number), random.chance(0.4)];
    const pausesMs = [1, 2, 3].map(() => random.between(50, 700));
    for (let part = 1; part < 4; part++) {
      const written = bytes.subarray(0, Math.floor((bytes.length * part) / 4));
      writeFileSync(path, Buffer.concat([written, Buffer.alloc(isReserved ? bytes.length - part : 0)]));
      await sleep(pausesMs[part - 1]);
    }
    writeFileSync(path, bytes);
  };
  const disturb = async (number: number): Promise<void> => {
    const name = namesIn(root).find((one) => /^[^.].*\.jpg$/.test(one));
    const old = name === undefined ? undefined : join(root, name);
    const what = random.pick(["rename", "copy", "touch", "away", "foreign", "stall"] as const);
    // The watch may take a file away under one's hands.
    if (what === "rename" && old !== undefined)
      attempt(() => renameSync(old, join(root, `renamed ${number}.jpg`)));
    else if (what === "copy" && old !== undefined) attempt(() => copyFileSync(old, place(-number)));
    else if (what === "touch" && old !== undefined) attempt(() => writeFileSync(old, readFileSync(old)));
    else if (what === "foreign") {
      symlinkSync(join(outside, "secret.jpg"), join(root, `link ${number}.jpg`));
      linkSync(join(outside, "secret.jpg"), join(root, `.hidden ${number}.jpg`));
      linkSync(join(outside, "secret.jpg"), join(root, `${number}.jpg.part`));
    } else if (what === "stall") writeFileSync(place(-number), photoNumber(-number).subarray(0, 500));
    else if (what === "away") {
      renameSync(root, `${root}-away`);
      await sleep(random.between(10, 400));
      comeBack(root);
    }
  };

  return {
    root,
    whole,
    async fill(photos) {
      const slow: Promise<void>[] = [];
      for (let number = 1; number <= photos; number++) {
        if (random.chance(0.25)) slow.push(slowly(number));
        else writeFileSync(place(number), photo(number));
        if (random.chance(0.35) && slow.length === 0) await disturb(number);
        // Now a handful at once, now one by one.
        if (random.chance(0.6)) await sleep(random.between(10, 500));
        if (random.chance(0.3)) await Promise.all(slow.splice(0));
      }
      await Promise.all(slow);
    },
    standing: () => ({
      inbox: hashesIn(root, whole, ["done", "failed"]),
      done: hashesIn(join(root, "done"), whole),
      failed: hashesIn(join(root, "failed"), whole),
    }),
  };
}

const namesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}

/** The drive is mounted again; a folder that somebody made in its place is in the way, and is merged by hand. */
function comeBack(root: string): void {
  if (existsSync(root)) rmSync(root, { recursive: true });
  renameSync(`${root}-away`, root);
}

function hashesIn(folder: string, whole: ReadonlySet<string>, without: readonly string[] = []): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || without.includes(entry.name)) return [];
    if (entry.isDirectory()) return hashesIn(path, whole);
    const sha256 = entry.isFile() ? sha256Of(readFileSync(path)) : "";
    return whole.has(sha256) ? [sha256] : [];
  });
}
