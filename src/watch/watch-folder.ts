// watch/: A folder becomes a stream of finished files.
//
// Owns: the loop that looks at one folder. Talks to: the tree, the hints, the clock.
// Invariants: hints only say when to look; what is given out was seen steady, unwritten and whole, and is given out
// once for each state of the file; while the folder is gone nothing is given out and nothing is forgotten.
import type { Clock } from "../base/clock.ts";
import type { FolderTree } from "../files/folder-tree.ts";
import type { WatchBlock } from "../recipe/recipe.ts";
import { bell } from "./bell.ts";
import { groupDueMs, nextGroup, type FileGroup, type GroupingNeeds } from "./file-groups.ts";
import type { StartHints } from "./folder-hints.ts";
import { FolderLooker } from "./folder-looker.ts";
import { HintKeeper } from "./hint-keeper.ts";
import { LookTimes } from "./look-times.ts";
import type { NameRules } from "./name-rules.ts";
import { othersLine } from "./watch-lines.ts";

export interface WatchOptions extends Pick<
  WatchBlock,
  "group" | "quietMs" | "max" | "existing" | "recursive"
> {
  readonly rules: NameRules;
  readonly settleMs: number;
  /** Hints are not to be had: a look at everything this often. */
  readonly pollMs?: number;
  /** Falls back to polling where the system gives no hints. */
  readonly mayPoll: boolean;
  /** Works off what is there and ends. */
  readonly once: boolean;
  /** One line for people. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface WatchPorts {
  readonly tree: FolderTree;
  readonly startHints: StartHints;
  readonly clock: Clock;
}

export interface WatchStanding {
  /** When the folder was there the last time that it was looked at; undefined before the first look. */
  readonly lookedAtMs?: number;
  /** The folder is gone: the watch waits until it is back. */
  readonly isPaused: boolean;
  /** Files that are ready or settling, and in no group yet. */
  readonly waiting: number;
  /** Files that cannot be used as they are: left until they change. */
  readonly leftOut: number;
}

export interface FolderWatch {
  /** The next whole group; undefined when the watch was stopped, or with `once` has worked off what was there. */
  next(): Promise<FileGroup | undefined>;
  /** How it stands now. */
  standing(): WatchStanding;
  /** Resolves when the folder was looked at for the first time. */
  readonly started: Promise<void>;
  close(): Promise<void>;
}

/** Whoever asks for a group is woken by each change. */
const longestWaitMs = 60_000;
const suspendMs = 10_000;
/** Hints that come together are looked at together. */
const gatherMs = 5;
const goneEveryMs = 2_000;

export function watchFolder(options: WatchOptions, ports: WatchPorts): FolderWatch {
  const stop = new AbortController();
  const loop = new FolderLoop(options, ports, AbortSignal.any([options.signal, stop.signal]));
  const running = loop.run();
  running.catch(() => undefined);
  let last: Promise<unknown> = Promise.resolve();
  return {
    started: Promise.race([running, loop.started]),
    next() {
      const mine = last.then(() => loop.next());
      last = mine.catch(() => undefined);
      return mine;
    },
    standing: () => loop.standing(),
    async close() {
      stop.abort(new Error("the watch was closed"));
      await running.catch(() => undefined);
    },
  };
}

class FolderLoop {
  readonly started: Promise<void>;
  readonly #options: WatchOptions;
  readonly #ports: WatchPorts;
  readonly #signal: AbortSignal;
  readonly #looker: FolderLooker;
  readonly #hints: HintKeeper;
  readonly #times = new LookTimes();
  readonly #grouping: GroupingNeeds;
  readonly #hinted: ReturnType<typeof bell>;
  readonly #changed: ReturnType<typeof bell>;
  #markStarted: () => void = () => undefined;
  #isStarted = false;
  #isGone = false;
  #failure: { readonly error: unknown } | undefined;
  #lookedAtMs: number | undefined;

  constructor(options: WatchOptions, ports: WatchPorts, signal: AbortSignal) {
    const { rules, settleMs, say } = options;
    const { tree, clock } = ports;
    this.#options = options;
    this.#ports = ports;
    this.#signal = signal;
    this.#looker = new FolderLooker({ tree, clock, rules, settleMs, say });
    this.#grouping = { ...options, looker: this.#looker, tree, clock };
    this.#hinted = bell(clock);
    this.#hints = new HintKeeper(options, ports, {
      looker: this.#looker,
      heard: () => {
        this.#times.heard(clock.now());
        this.#hinted.ring();
      },
      fellBack: () => {
        this.#times.callForAll();
        this.#hinted.ring();
      },
    });
    this.#changed = bell(clock);
    signal.addEventListener("abort", () => this.#ringAll(), { once: true });
    this.started = new Promise((resolve) => (this.#markStarted = resolve));
  }

  async run(): Promise<void> {
    try {
      await this.#begin();
      while (!this.#signal.aborted) await this.#turn();
    } catch (error) {
      this.#failure = { error };
      this.#changed.ring();
      throw error;
    } finally {
      await this.#hints.close();
      this.#changed.ring();
    }
  }

  standing(): WatchStanding {
    const { settling, ready, leftOut } = this.#looker.seen;
    return {
      ...(this.#lookedAtMs !== undefined && { lookedAtMs: this.#lookedAtMs }),
      isPaused: this.#isGone,
      waiting: settling.size + ready.size,
      leftOut: leftOut.size,
    };
  }

  async next(): Promise<FileGroup | undefined> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure.error;
      if (this.#signal.aborted) return undefined;
      if (this.#isStarted && !this.#isGone) {
        const group = await nextGroup(this.#grouping);
        if (group !== undefined) return group;
        if (this.#options.once && this.#isWorkedOff()) return undefined;
        // What was sent back to settle is due at a time that the loop does not know yet.
        if (this.#looker.seen.settling.size > 0) this.#hinted.ring();
      }
      const dueMs = groupDueMs(this.#grouping) - this.#ports.clock.now();
      await this.#changed.wait(Math.max(50, Math.min(longestWaitMs, dueMs)));
    }
  }

  #ringAll(): void {
    this.#hinted.ring();
    this.#changed.ring();
  }

  /** Files that belong to no group are left where they are. */
  #isWorkedOff(): boolean {
    const { settling, ready } = this.#looker.seen;
    return settling.size === 0 && (ready.size === 0 || this.#options.group === "folder");
  }

  async #begin(): Promise<void> {
    const { existing, once } = this.#options;
    if (!once) await this.#hints.start();
    await this.#looker.listAll();
    this.#markLooked(0);
    this.#sayOthers();
    await this.#hints.fit();
    this.#markStarted();
    await this.#looker.takeListed(existing);
    this.#isStarted = true;
    this.#lookedAtMs = this.#ports.clock.now();
    this.#changed.ring();
  }

  async #turn(): Promise<void> {
    const { clock, tree } = this.#ports;
    const beforeMs = clock.now();
    const waitMs = this.#times.waitMs(beforeMs, this.#looker.seen.settling);
    const rang = await this.#hinted.wait(waitMs);
    if (this.#signal.aborted) return;
    const lateMs = clock.now() - beforeMs - waitMs;
    const wasAsleep = lateMs > suspendMs || clock.now() < beforeMs;
    if (rang && this.#looker.hinted.count > 0)
      await clock.sleep(gatherMs, this.#signal).catch(() => undefined);
    if (!(await tree.isThere())) return this.#awaitFolder();
    this.#lookedAtMs = clock.now();
    if (wasAsleep) this.#looker.seen.beginAnew();
    this.#times.woke(clock.now(), { lateMs, hints: this.#looker.hinted.count });
    await this.#look(wasAsleep);
    if (await this.#looker.settle()) this.#changed.ring();
  }

  async #look(wasAsleep: boolean): Promise<void> {
    const nowMs = this.#ports.clock.now();
    if (wasAsleep || this.#times.isAllDue(nowMs)) return this.#lookAll();
    if (this.#looker.hinted.count > 0) await this.#looker.lookAtHints();
    if (this.#times.takeTimes(nowMs)) await this.#looker.lookAtTimes();
    await this.#hints.fit();
  }

  async #lookAll(): Promise<void> {
    const { clock } = this.#ports;
    const beganMs = clock.now();
    await this.#looker.lookAll({ withFacts: true });
    this.#markLooked(clock.now() - beganMs);
    await this.#hints.fit();
    this.#changed.ring();
  }

  #markLooked(tookMs: number): void {
    this.#times.lookedAtAll(this.#ports.clock.now(), { tookMs, pollMs: this.#hints.pollMs });
  }

  /** A folder that is gone says nothing about its files: they are neither given out nor forgotten. */
  async #awaitFolder(): Promise<void> {
    const { tree, clock } = this.#ports;
    const { say, once } = this.#options;
    this.#isGone = true;
    await this.#hints.close();
    if (once) throw new Error(`${tree.root} is gone`);
    say(`${tree.root} is gone: the watch pauses until it is back`);
    while (!(await tree.isThere())) {
      await clock.sleep(goneEveryMs, this.#signal).catch(() => undefined);
      if (this.#signal.aborted) return;
    }
    say(`${tree.root} is back: the watch goes on`);
    this.#looker.seen.beginAnew();
    await this.#hints.start();
    await this.#lookAll();
    this.#isGone = false;
    this.#changed.ring();
  }

  #sayOthers(): void {
    const { seen, others } = this.#looker;
    const isBare = [...seen.folders.values()].every(({ files }) => files.size === 0);
    if (isBare && others.size > 0) this.#options.say(othersLine(this.#ports.tree.root, others));
  }
}
