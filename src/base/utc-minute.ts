/** `2026-11-20T15:21Z`: for what is read hours later, and in other time zones. */
export const utcMinute = (atMs: number): string => new Date(atMs).toISOString().replace(/:\d\d\.\d+Z$/, "Z");
