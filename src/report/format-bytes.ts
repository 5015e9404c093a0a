const units = ["B", "kB", "MB", "GB", "TB"] as const;

/** Decimal, as drives and browsers count: 999 → `999 B`, 3_240_000 → `3.2 MB`. */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit++;
  }
  const digits = unit > 0 && amount < 9.95 ? 1 : 0;
  return `${amount.toFixed(digits)} ${units[unit]}`;
}
