/** So many characters of a text at the most, and dots for the rest. */
export function shorten(text: string, limit = 60): string {
  return text.length <= limit ? text : `${text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
