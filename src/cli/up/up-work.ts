// Owns: which edition of each recipe is at work, and their watches. Talks to: the files, the watches, the shared queue.
// Invariants: one edition of a recipe takes up new work; a retired one finishes what it has in hand; what is wrong
// with a new edition leaves the one before it at work.
import { countOf } from "../../base/count-of.ts";
import { recordDaemon } from "../record-daemon.ts";
import type { OpenEntry } from "../schedule/open-timetables.ts";
import type { CheckedWatch } from "./check-edition.ts";
import type { Edition } from "./edition.ts";
import { rereadSetup } from "./reread-setup.ts";
import type { Setup, UpCall } from "./setup.ts";
import type { UpShared } from "./up-shared.ts";
import { watchUnit, type WatchUnit } from "./watch-unit.ts";

export class UpWork {
  readonly #up: UpCall;
  readonly #shared: UpShared;
  readonly #record: ReturnType<typeof recordDaemon>;
  readonly #units = new Map<Edition, WatchUnit>();
  readonly #retiring = new Set<Promise<void>>();
  readonly #told = new Map<string, string>();
  #setup: Setup;
  #reloads: Reloads = { count: 0, isWhole: true };
  #last: Promise<void> = Promise.resolve();

  constructor(setup: Setup, up: UpCall, shared: UpShared) {
    this.#setup = setup;
    this.#up = up;
    this.#shared = shared;
    this.#record = recordDaemon(up.call);
  }

  get setup(): Setup {
    return this.#setup;
  }

  /** How reading again went. */
  get reloads(): Reloads {
    return this.#reloads;
  }

  /** The open entries of all schedules. */
  entries(): readonly OpenEntry[] {
    return this.#setup.editions.flatMap(({ entries }) => entries);
  }

  /** Every file that a change of is to be noticed. */
  sources(): readonly string[] {
    const { configFile, config, editions } = this.#setup;
    const read = editions.flatMap(({ sources }) => sources);
    return [...new Set([...(configFile === undefined ? [] : [configFile]), ...config.up, ...read])];
  }

  /** Begins with what was read at the start. */
  begin(checked: ReadonlyMap<Edition, CheckedWatch>): void {
    for (const edition of this.#setup.editions) this.#start(edition, checked.get(edition));
  }

  /** Reads all again and works by it; `isAsked` where somebody waits for an answer. */
  reload(isAsked: boolean): Promise<void> {
    this.#last = this.#last.then(() => this.#reload(isAsked));
    return this.#last;
  }

  /** Resolves when every watch has ended: behind Ctrl-C. */
  async ended(): Promise<void> {
    await Promise.all([...this.#units.values()].map(({ ended }) => ended));
    await Promise.all(this.#retiring);
  }

  async #reload(isAsked: boolean): Promise<void> {
    const before = this.#setup;
    const { setup, checked, isWhole } = await rereadSetup(before, {
      up: this.#up,
      shared: this.#shared,
      told: isAsked ? new Map() : this.#told,
    });
    const { signal, queue, world } = this.#shared;
    if (signal.aborted) return;
    this.#setup = setup;
    queue.limitTo(setup.config.concurrency);
    const formers = new Map(before.editions.map((edition) => [edition.file, edition]));
    let changes = 0;
    for (const edition of setup.editions) {
      const former = formers.get(edition.file);
      formers.delete(edition.file);
      if (former === edition) continue;
      changes += 1;
      await this.#replace(former, edition, checked.get(edition));
    }
    for (const gone of formers.values()) await this.#drop(gone);
    const isSame = isWhole && changes + formers.size === 0;
    if (isAsked || !isSame)
      this.#reloads = { count: this.#reloads.count + 1, isWhole, atMs: world.clock.now() };
    if (isAsked && isSame)
      this.#note(`Config and ${countOf(setup.editions.length, "recipe")} were read again.`);
  }

  async #replace(
    former: Edition | undefined,
    edition: Edition,
    checked: CheckedWatch | undefined,
  ): Promise<void> {
    const { name, file } = edition.recipe;
    if (former !== undefined) this.#retire(former);
    if (edition.recipe.watch === undefined) await this.#shared.taps.close(edition.file);
    this.#note(
      former === undefined
        ? `${name}: it is taken up (${file}).`
        : `${name}: ${file} was read again; new work follows it.`,
    );
    this.#start(edition, checked);
  }

  #start(edition: Edition, checked: CheckedWatch | undefined): void {
    const { recipe, file } = edition;
    if (recipe.watch !== undefined) this.#units.set(edition, watchUnit(edition, checked, this.#shared));
    this.#record({ type: "recipe-loaded", recipe: recipe.name, file });
  }

  #retire(edition: Edition): void {
    const unit = this.#units.get(edition);
    this.#units.delete(edition);
    if (unit === undefined) return;
    unit.retire.abort(new Error("another edition has taken its place"));
    const ended: Promise<void> = unit.ended.finally(() => this.#retiring.delete(ended));
    this.#retiring.add(ended);
  }

  async #drop(edition: Edition): Promise<void> {
    const { recipe, file } = edition;
    this.#retire(edition);
    await this.#shared.taps.close(file);
    this.#note(`${recipe.name}: nothing more is taken up of it.`);
    this.#record({ type: "recipe-dropped", recipe: recipe.name, file });
  }

  #note(line: string): void {
    this.#up.call.screen.note(line);
  }
}

interface Reloads {
  readonly count: number;
  /** False where the last one left something as it was, since it is wrong. */
  readonly isWhole: boolean;
  readonly atMs?: number;
}
