const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const shape = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;
const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;

/** `500ms`, `2s`, `15m`, `1h30m`, `7d` in milliseconds; undefined where the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const compact = text.trim();
  if (!shape.test(compact)) return undefined;
  let ms = 0;
  for (const [, amount, unit] of compact.matchAll(part))
    ms += Number(amount) * unitMs[unit as keyof typeof unitMs];
  return Math.round(ms);
}

/** The shortest exact spelling that {@link parseDuration} reads back: 90000 → `1m30s`. */
export function formatDuration(ms: number): string {
  if (ms <= 0) return "0s";
  let rest = Math.round(ms);
  let text = "";
  for (const unit of ["d", "h", "m", "s", "ms"] as const) {
    const amount = Math.floor(rest / unitMs[unit]);
    if (amount > 0) text += `${amount}${unit}`;
    rest -= amount * unitMs[unit];
  }
  return text;
}
