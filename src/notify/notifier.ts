// notify/: Tells people elsewhere what became of their videos: a notice becomes a message and is delivered in bounded time
import type { Clock } from "../base/clock.ts";
import type { NewId } from "../base/ids.ts";
import type { Report, Reporter } from "../executor/ports.ts";
import { forget, hear, hearTrouble, noNews, occasions, type News } from "../report/news.ts";
import { noticeOf } from "../report/notice-of.ts";
import type { Notice, NoticeTrouble } from "../report/notice.ts";
import { addresseeName, type Addressee } from "./addressee.ts";

/** Somebody who wants to be told. */
export interface Listener {
  readonly on: Notice["on"];
  /** False for jobs of recipes that tell others. */
  readonly hears: (recipe: string) => boolean;
  /** Each job is told by itself as soon as it ends, since the address speaks of it. */
  readonly jobByJob: boolean;
  /** Where a notice goes; a text says why it cannot be known. */
  readonly addressee: (about: About) => Addressee | string;
  /** As people may see it while there is no address. */
  readonly name: string;
}

/** What an address may speak of. */
export interface About {
  readonly runId: string;
  readonly startedAtMs: number;
  readonly job?: { readonly name: string; readonly index: number; readonly total: number };
}

export interface NotifierPorts {
  readonly clock: Clock;
  readonly newId: NewId;
  readonly redact: (text: string) => string;
  /** Undefined when it was taken, else why it was not. Never rejects; ends soon after the signal. */
  readonly deliver: (notice: Notice, to: Addressee, signal: AbortSignal) => Promise<string | undefined>;
  /** One line for people. */
  readonly say: (line: string) => void;
}

export interface Trouble {
  readonly occasion: "failed" | "budget";
  readonly facts: NoticeTrouble;
  readonly recipes: readonly string[];
}

export interface Notifier extends Reporter {
  /** The run broke off, or could not begin. */
  trouble(trouble: Trouble): void;
  /** Sends what is left, for `patienceMs` at the longest; `hurry` shortens that to a few seconds. */
  close(patienceMs: number, hurry: AbortSignal): Promise<void>;
}

/** A watch gathers what happens within this time; later news wait until the last message is old enough. */
const gatherMs = 10_000;
const betweenMs = 300_000;
const hurriedMs = 5_000;
/** Of messages that wait for a slow receiver, the oldest go. */
const mostWaiting = 200;

/**
 * Listens to a run and tells those who want to know: once when the run ends, or for a watch once a burst.
 *
 * Owns: what is still to be told, and what waits to be sent. Talks to: the receivers. Invariants: `report` never throws
 * and never waits; one message at a time to each listener; a receiver that cannot be reached is said once.
 */
export function openNotifier(listeners: readonly Listener[], ports: NotifierPorts): Notifier {
  const stop = new AbortController();
  const desks = listeners.map((listener) => new Desk(listener, ports, stop.signal));
  return {
    report: (report) => {
      for (const desk of desks) desk.report(report);
    },
    trouble: (trouble) => {
      for (const desk of desks) desk.trouble(trouble);
    },
    close: async (patienceMs, hurry) => {
      const done = new AbortController();
      const patience = waitFor(patienceMs, { ...ports, hurry, done: done.signal });
      const told = Promise.all(desks.map((desk) => desk.close()));
      await Promise.race([told, patience]);
      stop.abort(new Error("there was no time left"));
      await told;
      done.abort();
    },
  };
}

async function waitFor(
  patienceMs: number,
  { clock, hurry, done }: { readonly clock: Clock; readonly hurry: AbortSignal; readonly done: AbortSignal },
): Promise<void> {
  const either = AbortSignal.any([hurry, done]);
  if (!hurry.aborted) await clock.sleep(patienceMs, either).catch(() => undefined);
  if (hurry.aborted && !done.aborted)
    await clock.sleep(Math.min(patienceMs, hurriedMs), done).catch(() => undefined);
}

interface Waiting {
  readonly notice: Notice;
  readonly to: Addressee;
}

class Desk {
  readonly #listener: Listener;
  readonly #ports: NotifierPorts;
  readonly #stop: AbortSignal;
  readonly #timers = new AbortController();
  #news: News = noNews;
  #isGathering = false;
  #toldAtMs = -betweenMs;
  #waiting: Waiting[] = [];
  #working: Promise<void> | undefined;
  #lost = 0;
  #isSaid = false;

  constructor(listener: Listener, ports: NotifierPorts, stop: AbortSignal) {
    this.#listener = listener;
    this.#ports = ports;
    this.#stop = stop;
  }

  report(report: Report): void {
    if ("job" in report && !this.#listener.hears(report.job.recipe)) return;
    if (this.#listener.jobByJob) return this.#reportJob(report);
    const before = this.#news;
    this.#news = hear(before, report);
    if (report.type === "run-finished") return this.#tell();
    if (!this.#news.isOpenEnded || this.#news === before || this.#isGathering) return;
    if (this.#isWanted()) void this.#gather();
    // Nobody asked for what happened so far: a message is about its burst, and not about the days before.
    else if (occasions(this.#news).length > 0) this.#news = forget(this.#news);
  }

  trouble({ occasion, facts, recipes }: Trouble): void {
    if (recipes.length > 0 && !recipes.some((recipe) => this.#listener.hears(recipe))) return;
    this.#news = hearTrouble(this.#news, { occasion, facts }, recipes);
    this.#tell();
  }

  async close(): Promise<void> {
    this.#tell();
    this.#timers.abort();
    while (this.#working !== undefined) await this.#working;
    if (this.#lost > 0)
      this.#ports.say(`${this.#lost} more messages to ${this.#listener.name} were not sent`);
  }

  #reportJob(report: Report): void {
    const before = this.#news;
    this.#news = hear(before, report);
    if (report.type !== "job-event" && report.type !== "job-skipped") return;
    const { jobId, name, index, total } = report.job;
    const plan = before.running.get(jobId)?.job.plan;
    this.#tell({ name, index: plan?.index ?? index + 1, total: plan?.total ?? total });
    if (occasions(this.#news).length > 0) this.#news = forget(this.#news);
  }

  #isWanted(): boolean {
    return occasions(this.#news).some((occasion) => this.#listener.on.includes(occasion));
  }

  async #gather(): Promise<void> {
    this.#isGathering = true;
    const { clock } = this.#ports;
    const dueMs = Math.max(clock.now() + gatherMs, this.#toldAtMs + betweenMs);
    // Cut short by the end of the watch, which tells all that is left.
    await clock.sleep(dueMs - clock.now(), this.#timers.signal).catch(() => undefined);
    this.#isGathering = false;
    if (!this.#timers.signal.aborted) this.#tell();
  }

  #tell(job?: About["job"]): void {
    if (!this.#isWanted()) return;
    const { clock, newId, redact } = this.#ports;
    const news = this.#news;
    const { runId = "", startedAtMs } = news;
    this.#news = forget(news);
    this.#toldAtMs = clock.now();
    const to = this.#listener.addressee({ runId, startedAtMs, ...(job !== undefined && { job }) });
    if (typeof to === "string") return this.#complain(to);
    this.#waiting.push({ notice: noticeOf(news, { id: newId("ntc"), atMs: clock.now(), redact }), to });
    if (this.#waiting.length > mostWaiting) {
      this.#waiting.shift();
      this.#lost += 1;
    }
    this.#working ??= this.#work().finally(() => (this.#working = undefined));
  }

  async #work(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (this.#stop.aborted && this.#isSaid) {
        this.#lost += 1;
        continue;
      }
      const why = await this.#ports.deliver(next.notice, next.to, this.#stop);
      if (why === undefined) this.#isSaid = false;
      else this.#complain(why, next.to);
    }
  }

  /** Once, until it works again. */
  #complain(why: string, to?: Addressee): void {
    if (this.#isSaid) return;
    this.#isSaid = true;
    this.#ports.say(`${to === undefined ? this.#listener.name : addresseeName(to)} was not told: ${why}`);
  }
}
