/** An instant at which an entry of a recipe's `schedule` asks for a run. */
export interface Slot {
  /** `promo@2026-11-20T09:00:00+01:00`. */
  readonly slotId: string;
  readonly recipe: string;
  /** The entry's key: another cron line, time zone or params is another entry. */
  readonly entry: string;
  readonly atMs: number;
}
