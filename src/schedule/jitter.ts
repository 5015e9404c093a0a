import type { Hash } from "../base/hash.ts";

/** Whole milliseconds from 0 up to `mostMs`, always the same for one slot, whoever asks. */
export function jitterOf(slotId: string, mostMs: number, hash: Hash): number {
  const share = Number.parseInt(hash(`jitter ${slotId}`).slice(0, 12), 16) / 2 ** 48;
  return Math.floor(share * (mostMs + 1));
}
