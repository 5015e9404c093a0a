// Owns: the looks at one tree, and what they found. Talks to: the tree, the clock, the hints.
// Invariants: only looks change what was seen, hints never do; a folder is followed before it is listed; what is
// absent is forgotten, and nothing else happens because of it; what may not be looked at, or is away with its drive, is
// not absent.
import { join, sep } from "node:path";
import { naturalOrder } from "../base/natural-order.ts";
import type { Clock } from "../base/clock.ts";
import type { FolderTree, Look } from "../files/folder-tree.ts";
import type { FolderHints } from "./folder-hints.ts";
import type { NameRules } from "./name-rules.ts";
import { HintedNames } from "./hinted-names.ts";
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

interface LookBelow {
  /** Also what lies in folders that are known. */
  readonly everything?: boolean;
  /** Also the files that are known. */
  readonly withFacts?: boolean;
  /** Names alone: somebody looks at the files later. */
  readonly isLater?: boolean;
}

export class FolderLooker {
  readonly seen: SeenFiles;
  readonly hinted: HintedNames = new HintedNames();
  hints: FolderHints | undefined;
  /** Names that the watch does not take, by their extension. */
  readonly others: Map<string, number> = new Map();
  readonly #needs: LookerNeeds;
  readonly #unreadable = new Set<string>();
  /** Folders that may be listed, and their files not be looked at. */
  readonly #closed = new Set<string>();

  constructor(needs: LookerNeeds) {
    this.#needs = needs;
    this.seen = new SeenFiles(needs.clock, needs.settleMs);
  }

  /** Every name, and no look at the files themselves: what a watch needs to hear of the next one. */
  async listAll(): Promise<void> {
    this.hinted.take();
    await this.#lookBelow(this.#needs.tree.root, { everything: true, isLater: true });
  }

  /** The look at the files that {@link listAll} put off; those that are to be skipped wait for the next full look. */
  async takeListed(existing: "process" | "skip"): Promise<void> {
    if (existing === "skip") return this.seen.passNamed();
    for (const folder of this.seen.folders.keys()) await this.#takeFacts(folder, this.seen.namesIn(folder));
  }

  /** Every name again, and a look at the files that are new; `withFacts` also at those that are known. */
  async lookAll({ withFacts }: { readonly withFacts: boolean }): Promise<void> {
    this.hinted.take();
    const { tree } = this.#needs;
    const found = await this.#lookBelow(tree.root, { everything: true, withFacts });
    if (!found.has(tree.root) || !(await tree.isThere())) return;
    for (const folder of this.seen.folders.keys()) if (!found.has(folder)) this.#forget(folder);
  }

  async lookAtHints(): Promise<void> {
    for (const [folder, names] of this.hinted.take()) {
      // Of a folder that nobody has listed yet, its parent tells.
      if (!this.seen.folders.has(folder)) continue;
      if (names === "all") await this.#lookBelow(folder, { withFacts: true });
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
    { everything = false, withFacts = false, isLater = false }: LookBelow = {},
  ): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    const unknown: { readonly folder: string; readonly names: readonly string[] | undefined }[] = [];
    const open = [start];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      const listed = await this.#list(folder, isLater);
      if (listed === "unreadable") for (const known of this.seen.foldersFrom(folder)) found.add(known);
      if (listed === undefined || listed === "unreadable") continue;
      found.add(folder);
      if (!isLater) unknown.push({ folder, names: withFacts ? undefined : listed.fresh });
      for (const inner of listed.folders) if (everything || !this.seen.folders.has(inner)) open.push(inner);
    }
    const { tree } = this.#needs;
    for (const { folder, names = this.seen.namesIn(folder) } of unknown) {
      const facts = await tree.facts(folder, names);
      if (facts.includes(undefined) && !(await tree.isThere())) break;
      this.#note(folder, names, facts);
    }
    return found;
  }

  async #list(
    folder: string,
    isLater: boolean,
  ): Promise<{ fresh: string[]; folders: string[] } | "unreadable" | undefined> {
    const { tree, clock, rules } = this.#needs;
    this.hints?.follow(folder);
    const listedMs = clock.now();
    const listing = await this.#listed(folder);
    if (listing === "unreadable") return listing;
    if (listing === undefined) {
      if (folder !== tree.root && (await tree.isThere())) this.#forget(folder);
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
      if (isLater) this.seen.addName(folder, name);
      else {
        this.seen.addFile(folder, name);
        fresh.push(name);
      }
    }
    if (gone.size > 0 && !(await tree.isThere())) return undefined;
    for (const name of gone) this.seen.forgetFile(folder, name);
    const folders = listing.folders
      .filter((name) => rules.enters(prefix + name))
      .map((name) => join(folder, name));
    return { fresh, folders };
  }

  async #listed(folder: string): Promise<Awaited<ReturnType<FolderTree["list"]>> | "unreadable"> {
    const { tree, say } = this.#needs;
    try {
      const listing = await tree.list(folder);
      this.#unreadable.delete(folder);
      return listing;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
      if (!this.#unreadable.has(folder)) say(`${folder} cannot be read (${code}): what is in it is not seen`);
      this.#unreadable.add(folder);
      return "unreadable";
    }
  }

  async #lookAtNames(folder: string, names: readonly string[]): Promise<void> {
    const way = this.relative(folder);
    const taken = names.filter((name) => this.#needs.rules.takes(way === "" ? name : `${way}/${name}`));
    const { files } = this.seen.folder(folder);
    const facts = await this.#needs.tree.facts(folder, taken);
    let sure = 0;
    for (const [index, name] of taken.entries()) {
      const look = facts[index];
      if (typeof look !== "object") continue;
      // A hint of a file that nobody has looked at says that it is not what it was at the start.
      if (!files.get(name)) this.seen.addFile(folder, name);
      this.seen.note(folder, name, look);
      sure += 1;
    }
    // What is no file, or gone, only a listing tells.
    if (sure < names.length) await this.#lookBelow(folder);
    // Another folder may have taken the place of one that is known, with others below it.
    for (const name of names)
      if (this.seen.folders.has(join(folder, name)))
        await this.#lookBelow(join(folder, name), { everything: true, withFacts: true });
  }

  async #takeFacts(folder: string, names: readonly string[]): Promise<void> {
    this.#note(folder, names, await this.#needs.tree.facts(folder, names));
  }

  #note(folder: string, names: readonly string[], facts: readonly Look[]): void {
    const isClosed = facts.includes("unreadable");
    if (isClosed && !this.#closed.has(folder))
      this.#needs.say(`${folder} may be listed, and not looked into: what is in it is not seen`);
    if (isClosed) this.#closed.add(folder);
    else if (names.length > 0) this.#closed.delete(folder);
    for (const [index, name] of names.entries()) this.seen.note(folder, name, facts[index]);
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
