import { basename, parse } from "node:path";
import { naturalOrder } from "../base/natural-order.ts";
import type { Clock } from "../base/clock.ts";
import type { FolderTree, FoundFile } from "../files/folder-tree.ts";
import type { FolderLooker } from "./folder-looker.ts";
import type { SeenFile } from "./seen-files.ts";

/** Files that are whole and make their jobs together. */
export interface FileGroup {
  readonly files: readonly FoundFile[];
  /** The file's stem, the subfolder's name, or when the burst came. */
  readonly part: string;
  /** The subfolder, with `group: folder`. */
  readonly name?: string;
  /** Its files could not be used as they were: they settle anew, and are given out once more. */
  readonly comeAgain: () => void;
}

export interface GroupingNeeds {
  readonly looker: FolderLooker;
  readonly tree: FolderTree;
  readonly clock: Clock;
  readonly group: "file" | "folder" | "burst";
  readonly settleMs: number;
  readonly quietMs: number;
  readonly max: number;
  /** What is there is worked off: nobody waits for more. */
  readonly once: boolean;
  readonly say: (line: string) => void;
}

/** So many times `quiet` a group waits for a file whose end is missing. */
const patience = 10;
const longestRecheckMs = 300_000;
/** A structure that cannot tell its end counts after so many times `settle`. */
const unknownFactor = 3;

interface Candidate {
  readonly part: string;
  readonly name?: string;
  readonly ready: SeenFile[];
  readonly settling: SeenFile[];
}

/** The next group that is whole, oldest first; undefined where there is none yet. Its files are given out once. */
export async function nextGroup(needs: GroupingNeeds): Promise<FileGroup | undefined> {
  for (;;) {
    const due = needs.group === "file" ? firstReady(needs) : dueGroup(needs);
    if (due === undefined) return undefined;
    const checked: SeenFile[] = [];
    const writers = await needs.tree.writers();
    for (const file of due.files) if (await isWhole(file, writers, needs)) checked.push(file);
    // With a file that is not whole after all, the group may have to wait.
    if (checked.length < due.files.length) continue;
    const files = await readAll(checked, needs);
    if (files === undefined || files.length === 0) continue;
    const { part, name } = due;
    const comeAgain = (): void => needs.looker.seen.comeAgain(checked);
    return { files, part, ...(name !== undefined && { name }), comeAgain };
  }
}

interface Due {
  readonly files: readonly SeenFile[];
  readonly part: string;
  readonly name?: string;
}

function firstReady({ looker }: GroupingNeeds): Due | undefined {
  const [file] = looker.seen.ready;
  return file === undefined ? undefined : { files: [file], part: parse(basename(file.path)).name };
}

function dueGroup(needs: GroupingNeeds): Due | undefined {
  const { once, quietMs, clock, max } = needs;
  const nowMs = clock.now();
  for (const candidate of candidates(needs)) {
    const { part, name, ready, settling } = candidate;
    if (ready.length === 0) continue;
    const newest = newestMs(candidate);
    const isPatient = !once && nowMs - newest < patience * quietMs;
    if (settling.some(({ incompleteLooks }) => incompleteLooks === 0 || isPatient)) continue;
    if (!once && nowMs - newest < quietMs) continue;
    const files = ready.sort((left, right) => naturalOrder(left.path, right.path)).slice(0, max);
    return { files, part, ...(name !== undefined && { name }) };
  }
  return undefined;
}

const toldLoose = new WeakSet<FolderLooker>();

/** Who groups by subfolders may wonder what becomes of the others. */
function tellLoose(way: string, { looker, say }: GroupingNeeds): void {
  if (!toldLoose.has(looker)) say(`${way} lies in no subfolder: with group: folder such files make no job`);
  toldLoose.add(looker);
}

function candidates(needs: GroupingNeeds): Iterable<Candidate> {
  const { looker, group, clock } = needs;
  const { ready, settling } = looker.seen;
  if (group === "burst")
    return [{ part: instantText(clock.now()), ready: [...ready], settling: [...settling] }];
  const folders = new Map<string, Candidate>();
  for (const file of [...ready, ...settling]) {
    const way = looker.relative(file.path);
    const cut = way.indexOf("/");
    if (cut < 0) {
      tellLoose(way, needs);
      continue;
    }
    const name = way.slice(0, cut);
    const folder = folders.get(name) ?? { part: name, name, ready: [], settling: [] };
    folders.set(name, folder);
    folder[file.standing === "ready" ? "ready" : "settling"].push(file);
  }
  return folders.values();
}

/** When the next group is due although nothing changes; Infinity where only a change can bring one. */
export function groupDueMs(needs: GroupingNeeds): number {
  const { group, quietMs, clock } = needs;
  if (group === "file") return Infinity;
  const nowMs = clock.now();
  let dueMs = Infinity;
  for (const candidate of candidates(needs)) {
    const quietAtMs = newestMs(candidate) + quietMs;
    if (candidate.ready.length > 0 && quietAtMs > nowMs) dueMs = Math.min(dueMs, quietAtMs);
  }
  return dueMs;
}

function newestMs({ ready, settling }: Candidate): number {
  return [...ready, ...settling].reduce((latest, { sinceMs }) => Math.max(latest, sinceMs), -Infinity);
}

/** The same facts still, nobody writing, and the media's own end there; else the file settles anew. */
async function isWhole(
  file: SeenFile,
  writers: ReadonlySet<string> | undefined,
  needs: GroupingNeeds,
): Promise<boolean> {
  const { looker, tree, clock, settleMs, once, say } = needs;
  if (!(await looker.isAsSeen(file))) return false;
  const later = (dueMs: number): false => {
    file.dueMs = dueMs;
    looker.seen.put(file, "settling");
    return false;
  };
  const nowMs = clock.now();
  if (writers?.has(file.path) === true) return later(nowMs + settleMs);
  const completeness = await tree.completeness(file.path);
  if (!looker.seen.ready.has(file)) return false;
  // What cannot be read is told of when it is read.
  if (completeness === "complete" || completeness === "unreadable") return true;
  if (completeness === "gone") {
    looker.seen.forget(file);
    return false;
  }
  if (completeness === "unknown") {
    const wholeMs = file.sinceMs + unknownFactor * settleMs;
    return nowMs >= wholeMs || later(wholeMs);
  }
  file.incompleteLooks += 1;
  if (file.incompleteLooks === (once ? 1 : 3))
    say(`${looker.relative(file.path)} is not whole: its end is missing${once ? ", so it is left" : ""}`);
  if (!once) return later(nowMs + Math.min(settleMs * 2 ** file.incompleteLooks, longestRecheckMs));
  looker.seen.leaveOut(file);
  return false;
}

/** Reads each file for its hash; undefined where one changed meanwhile, and the group has to wait. */
async function readAll(
  files: readonly SeenFile[],
  { looker, tree, say, clock, settleMs }: GroupingNeeds,
): Promise<readonly FoundFile[] | undefined> {
  const found: { readonly seen: SeenFile; readonly file: FoundFile }[] = [];
  for (const seen of files) {
    const before = seen.facts;
    const read = await tree.read(seen.path);
    if (!looker.seen.ready.has(seen)) return undefined;
    if ("file" in read) {
      const isSame =
        before?.sizeBytes === read.file.sizeBytes && Math.abs(before.mtimeMs - read.file.mtimeMs) < 1;
      if (isSame) {
        found.push({ seen, file: read.file });
        continue;
      }
    } else if (!read.isChanging) {
      say(`left out: ${read.refused}`);
      looker.seen.leaveOut(seen);
      continue;
    }
    seen.dueMs = clock.now() + settleMs;
    looker.seen.put(seen, "settling");
    return undefined;
  }
  for (const { seen } of found) looker.seen.put(seen, "passed");
  return found.map(({ file }) => file);
}

/** `2026-11-20-090000`, local. */
function instantText(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${date}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
}
