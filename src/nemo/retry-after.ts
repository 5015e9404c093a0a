const defaultMs = 30_000;
const longestMs = 7 * 86_400_000;

/**
 * Milliseconds to wait before the next call. Reads whole and decimal seconds, `1500ms`, `2s`, an HTTP date; anything
 * else, or nothing, is 30 s. Never more than seven days, never less than zero.
 */
export function retryAfter(header: string | undefined, nowMs: number): number {
  return Math.min(longestMs, Math.max(0, Math.ceil(parse((header ?? "").trim(), nowMs) ?? defaultMs)));
}

function parse(text: string, nowMs: number): number | undefined {
  const amount = /^(\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})\s*(ms|s)?$/i.exec(text);
  if (amount) return Number(amount[1]) * (amount[2]?.toLowerCase() === "ms" ? 1 : 1000);
  // Only what has a clock time in it is a date: the built-in parser takes nearly any text for one.
  if (!/\d{1,2}:\d{2}/.test(text)) return undefined;
  const dateMs = Date.parse(/GMT|UTC|Z$|[+-]\d{2}:?\d{2}$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(dateMs) ? undefined : dateMs - nowMs;
}
