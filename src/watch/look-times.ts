const fullEveryMs = 240_000;
/** The longest sleep of the loop: a suspend is noticed this soon after. */
const tickMs = 5_000;
const activeMs = 10_000;
const timesEveryMs = 2_000;
/** More hints at once than the system's queue may hold without losing some. */
const burstHints = 1_000;
const calmMs = 1_000;
const longestBurstMs = 10_000;

/**
 * When a watched folder is to be looked at, and how closely. All times are in ms of the watch's clock.
 *
 * Owns: the times of hints and looks. Invariants: everything is looked at in the end, whatever hints say; where hints
 * may have been lost, as soon as they are calm, and never later than a burst may last.
 */
export class LookTimes {
  #lastHintMs = -Infinity;
  #burstMs: number | undefined;
  #fullAtMs = 0;
  #timesAtMs = 0;

  heard(nowMs: number): void {
    this.#lastHintMs = nowMs;
  }

  /** Hints that waited behind a blocked process may be what is left of many more. */
  woke(nowMs: number, { lateMs, hints }: { readonly lateMs: number; readonly hints: number }): void {
    if (lateMs > calmMs || hints > burstHints) this.#burstMs ??= nowMs;
  }

  callForAll(): void {
    this.#fullAtMs = 0;
  }

  isAllDue(nowMs: number): boolean {
    const isCalm = nowMs - this.#lastHintMs >= calmMs;
    const isBurstOver = this.#burstMs !== undefined && (isCalm || nowMs - this.#burstMs >= longestBurstMs);
    return isBurstOver || nowMs >= this.#fullAtMs;
  }

  /** `pollMs`: how often, where there are no hints. A slow drive is not looked at without a pause. */
  lookedAtAll(
    nowMs: number,
    { tookMs, pollMs = fullEveryMs }: { readonly tookMs: number; readonly pollMs: number | undefined },
  ): void {
    this.#burstMs = undefined;
    this.#fullAtMs = nowMs + Math.max(pollMs, 20 * tookMs);
  }

  /** Whether the times of folders are to be compared: only while something happens, and each time once. */
  takeTimes(nowMs: number): boolean {
    if (!this.#isActive(nowMs) || nowMs < this.#timesAtMs) return false;
    this.#timesAtMs = nowMs + timesEveryMs;
    return true;
  }

  /** Until the next look; `settling` are files that are due at a time of their own. */
  waitMs(nowMs: number, settling: Iterable<{ readonly dueMs: number }>): number {
    let atMs = Math.min(nowMs + tickMs, this.#fullAtMs, this.#isActive(nowMs) ? this.#timesAtMs : Infinity);
    if (this.#burstMs !== undefined) atMs = Math.min(atMs, this.#lastHintMs + calmMs);
    for (const { dueMs } of settling) atMs = Math.min(atMs, dueMs);
    return Math.max(1, atMs - nowMs);
  }

  #isActive(nowMs: number): boolean {
    return nowMs - this.#lastHintMs < activeMs;
  }
}
