// Owns: what was seen of one tree, and what is to be looked at again. Talks to: the tree, the clock, the hints.
// Invariants: only looks change what was seen, hints never do; a folder is followed before it is listed; what is
// absent is forgotten, and nothing else happens because of it.
import { join, sep } from "node:path";
import { naturalOrder } from "../base/natural-order.ts";
import type { Clock } from "../base/clock.ts";
import type { FileFacts, FolderTree } from "../files/folder-tree.ts";
import type { FolderHints } from "./folder-hints.ts";
import type { NameRules } from "./name-rules.ts";
import { SeenFiles, type SeenFile } from "./seen-files.ts";

export interface LookerNeeds {
  readonly tree: FolderTree;
  readonly clock: Clock;
  readonly rules: NameRules;
  readonly settleMs: number;
  readonly say: (line: string) => void;
}

/** File systems tell times in steps: what changed this shortly before a look may have changed behind it too. */
const coarseMs = 2_000;
/** With the usual settling, the last time is an hour after the first. */
const mostReturns = 10;

export class FolderLooker {
  readonly seen: SeenFiles = new SeenFiles();
  hints: FolderHints | undefined;
  /** Hints since the last look. */
  hintCount = 0;
  /** Names that the watch does not take, by their extension. */
  readonly others: Map<string, number> = new Map();
  readonly #needs: LookerNeeds;
  readonly #hinted = new Map<string, Set<string> | "all">();
  readonly #unreadable = new Set<string>();
  #isSkipping = false;

  constructor(needs: LookerNeeds) {
    this.#needs = needs;
  }

  hint(folder: string, name: string | undefined): void {
    this.hintCount += 1;
    const names = this.#hinted.get(folder);
    if (name === undefined) this.#hinted.set(folder, "all");
    else if (names === undefined) this.#hinted.set(folder, new Set([name]));
    else if (names !== "all") names.add(name);
  }

  /** Every name, and no look at the files themselves: what a watch needs to hear of the next one. */
  async listAll(): Promise<void> {
    this.hintCount = 0;
    this.#hinted.clear();
    await this.#lookBelow(this.#needs.tree.root, { everything: true, withFacts: false, isLater: true });
  }

  /** The look at the files that {@link listAll} put off; those that are to be skipped wait for the next full look. */
  async takeListed(existing: "process" | "skip"): Promise<void> {
    this.#isSkipping = existing === "skip";
    if (this.#isSkipping) return;
    for (const folder of this.seen.folders.keys()) await this.#takeFacts(folder, this.#namesIn(folder));
  }

  #namesIn(folder: string): string[] {
    return [...(this.seen.folders.get(folder)?.files.keys() ?? [])];
  }

  /** Everything anew: `withFacts` also the files that are known. */
  async lookAll(withFacts: boolean): Promise<void> {
    const { tree } = this.#needs;
    this.hintCount = 0;
    this.#hinted.clear();
    const found = await this.#lookBelow(tree.root, { everything: true, withFacts, isLater: false });
    for (const folder of this.seen.folders.keys()) if (!found.has(folder)) this.#forget(folder);
  }

  async lookAtHints(): Promise<void> {
    const hinted = [...this.#hinted];
    this.#hinted.clear();
    this.hintCount = 0;
    for (const [folder, names] of hinted) {
      // Of a folder that nobody has listed yet, its parent tells.
      if (!this.seen.folders.has(folder)) continue;
      if (names === "all")
        await this.#lookBelow(folder, { everything: false, withFacts: true, isLater: false });
      else await this.#lookAtNames(folder, [...names]);
    }
  }

  /** Lists again what had changes that no hint may have told of. */
  async lookAtTimes(): Promise<void> {
    for (const [folder, { listedMs }] of this.seen.folders) {
      const timeMs = await this.#needs.tree.timeOf(folder);
      if (timeMs === undefined || timeMs > listedMs - coarseMs) await this.#lookBelow(folder);
    }
  }

  /** Files that have settled become ready, unless they have changed all the same. */
  async settle(): Promise<boolean> {
    const nowMs = this.#needs.clock.now();
    const steady = [...this.seen.settling].filter((file) => file.dueMs <= nowMs);
    steady.sort((left, right) => naturalOrder(left.path, right.path));
    const due = Map.groupBy(steady, ({ path }) => path.slice(0, path.lastIndexOf(sep)));
    for (const [folder, files] of due) {
      const names = files.map(({ path }) => path.slice(folder.length + 1));
      const before = files.map(({ facts }) => facts);
      await this.#takeFacts(folder, names);
      for (const [index, file] of files.entries())
        if (file.standing === "settling" && file.facts !== undefined && file.facts === before[index])
          this.seen.put(file, "ready");
    }
    return due.size > 0;
  }

  /** After the machine slept, or the clock was set: how long a file has been steady is not known any more. */
  beginAnew(): void {
    const { clock, settleMs } = this.#needs;
    const nowMs = clock.now();
    for (const file of [...this.seen.ready, ...this.seen.settling]) {
      Object.assign(file, { sinceMs: nowMs, dueMs: nowMs + settleMs });
      this.seen.put(file, "settling");
    }
    for (const folder of this.seen.folders.values()) folder.listedMs = -Infinity;
  }

  /** Files that were given out and could not be used settle anew: each time longer, and not for ever. */
  beginAgain(files: readonly SeenFile[]): void {
    const { clock, settleMs } = this.#needs;
    for (const file of files) {
      if (file.standing !== "passed" || file.returns === mostReturns) continue;
      file.dueMs = clock.now() + settleMs * 2 ** file.returns;
      file.returns += 1;
      this.seen.put(file, "settling");
    }
  }

  /** Looks at one file; false where it is gone or changed, and has to settle anew. */
  async isAsSeen(file: SeenFile): Promise<boolean> {
    const cut = file.path.lastIndexOf(sep);
    const { facts } = file;
    await this.#takeFacts(file.path.slice(0, cut), [file.path.slice(cut + 1)]);
    return file.facts === facts && this.seen.ready.has(file);
  }

  /** Unless everything is meant, only new folders are gone into: those that are known tell of themselves. */
  async #lookBelow(
    start: string,
    { everything, withFacts, isLater } = { everything: false, withFacts: false, isLater: false },
  ): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    const unknown: { readonly folder: string; readonly names: readonly string[] | undefined }[] = [];
    const open = [start];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      const listed = await this.#list(folder, isLater);
      if (listed === undefined) continue;
      found.add(folder);
      if (!isLater) unknown.push({ folder, names: withFacts ? undefined : listed.fresh });
      for (const inner of listed.folders) if (everything || !this.seen.folders.has(inner)) open.push(inner);
    }
    for (const { folder, names = this.#namesIn(folder) } of unknown) await this.#takeFacts(folder, names);
    return found;
  }

  async #list(folder: string, isLater: boolean): Promise<{ fresh: string[]; folders: string[] } | undefined> {
    const { tree, clock, rules } = this.#needs;
    this.hints?.follow(folder);
    const listedMs = clock.now();
    const listing = await this.#listed(folder);
    if (listing === undefined) {
      if (folder !== tree.root) this.#forget(folder);
      return undefined;
    }
    const known = this.seen.folder(folder);
    const isFirst = known.listedMs === -Infinity;
    known.listedMs = listedMs;
    const way = this.relative(folder);
    const prefix = way === "" ? "" : `${way}/`;
    const fresh: string[] = [];
    const gone = new Set(known.files.keys());
    for (const name of listing.files) {
      gone.delete(name);
      if (known.files.has(name)) continue;
      if (!rules.takes(rules.isByName ? name : prefix + name)) {
        if (isFirst) this.#countOther(name);
        continue;
      }
      if (!isLater) fresh.push(name);
      known.files.set(name, isLater ? null : this.#newFile(join(folder, name)));
    }
    for (const name of gone) this.seen.forgetFile(folder, name);
    const folders = listing.folders
      .filter((name) => rules.enters(prefix + name))
      .map((name) => join(folder, name));
    return { fresh, folders };
  }

  async #listed(folder: string): Promise<Awaited<ReturnType<FolderTree["list"]>>> {
    const { tree, say } = this.#needs;
    try {
      const listing = await tree.list(folder);
      this.#unreadable.delete(folder);
      return listing;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
      if (!this.#unreadable.has(folder)) say(`${folder} cannot be read (${code}): what is in it is not seen`);
      this.#unreadable.add(folder);
      return undefined;
    }
  }

  async #lookAtNames(folder: string, names: readonly string[]): Promise<void> {
    const way = this.relative(folder);
    const taken = names.filter((name) => this.#needs.rules.takes(way === "" ? name : `${way}/${name}`));
    const { files } = this.seen.folder(folder);
    const facts = await this.#needs.tree.facts(folder, taken);
    for (const [index, name] of taken.entries()) {
      if (facts[index] === undefined) continue;
      // A hint of a file that nobody has looked at says that it is not what it was at the start.
      if (!files.get(name)) files.set(name, this.#newFile(join(folder, name)));
      this.#apply({ folder, name, facts: facts[index] });
    }
    // What is no file, or gone, only a listing tells.
    if (taken.length < names.length || facts.includes(undefined)) await this.#lookBelow(folder);
    // Another folder may have taken the place of one that is known, with others below it.
    for (const name of names)
      if (this.seen.folders.has(join(folder, name)))
        await this.#lookBelow(join(folder, name), { everything: true, withFacts: true, isLater: false });
  }

  async #takeFacts(folder: string, names: readonly string[]): Promise<void> {
    const facts = await this.#needs.tree.facts(folder, names);
    for (const [index, name] of names.entries()) this.#apply({ folder, name, facts: facts[index] });
  }

  #apply({ folder, name, facts }: { folder: string; name: string; facts: FileFacts | undefined }): void {
    const files = this.seen.folders.get(folder)?.files;
    const known = files?.get(name);
    if (files === undefined || known === undefined) return;
    if (facts === undefined) return this.seen.forgetFile(folder, name);
    const file = known ?? this.#newFile(join(folder, name));
    files.set(name, file);
    if (file.facts !== undefined && isSame(file.facts, facts)) return;
    file.facts = facts;
    if (known === null && this.#isSkipping) return this.seen.put(file, "passed");
    const { clock, settleMs } = this.#needs;
    const nowMs = clock.now();
    Object.assign(file, { sinceMs: nowMs, dueMs: nowMs + settleMs, incompleteLooks: 0, returns: 0 });
    this.seen.put(file, "settling");
  }

  #newFile(path: string): SeenFile {
    const nowMs = this.#needs.clock.now();
    const file: SeenFile = {
      path,
      facts: undefined,
      standing: "settling",
      sinceMs: nowMs,
      dueMs: nowMs + this.#needs.settleMs,
      incompleteLooks: 0,
      returns: 0,
    };
    this.seen.settling.add(file);
    return file;
  }

  #forget(folder: string): void {
    this.hints?.forget(folder);
    this.seen.forgetFolder(folder);
  }

  #countOther(name: string): void {
    const dot = name.lastIndexOf(".");
    const extension = dot > 0 ? name.slice(dot).toLowerCase() : "without extension";
    this.others.set(extension, (this.others.get(extension) ?? 0) + 1);
  }

  relative(path: string): string {
    return path.slice(this.#needs.tree.root.length + 1).replaceAll(sep, "/");
  }
}

function isSame(left: FileFacts, right: FileFacts): boolean {
  return left.sizeBytes === right.sizeBytes && left.mtimeMs === right.mtimeMs && left.inode === right.inode;
}
