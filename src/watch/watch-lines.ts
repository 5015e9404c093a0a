/** Said where the system gives no more hints; `code` is its word for it. */
export function fallbackLine(code: string, mayPoll: boolean): string {
  const what = `the system watches no further folder (${code})`;
  if (!mayPoll) return `${what}, and poll is never: looking every few minutes`;
  return `${what}: looking every 5 seconds instead${limitHints[code] ?? ""}`;
}

const limitHints: Readonly<Record<string, string>> = {
  ENOSPC: ". Raise the limit: sudo sysctl fs.inotify.max_user_watches=524288",
  EMFILE: ". Raise the limit: sudo sysctl fs.inotify.max_user_instances=512",
};

/** Said where a folder holds nothing that the watch takes; `others` counts what it holds by extension. */
export function othersLine(folder: string, others: ReadonlyMap<string, number>): string {
  const kinds = [...others].sort(([, left], [, right]) => right - left).slice(0, 5);
  const count = [...others.values()].reduce((sum, more) => sum + more, 0);
  const shown = kinds.map(([extension, number]) => `${number} ${extension}`).join(", ");
  return `nothing in ${folder} is of a kind that this watch takes (${count} other files: ${shown})`;
}
