/** `1 video`, `3 videos`, `2 tries` with the plural given. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
