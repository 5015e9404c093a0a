const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Compares as people count: `2.jpg` before `10.jpg`; equal but for case is settled by the code units. */
export function naturalOrder(left: string, right: string): number {
  return collator.compare(left, right) || (left < right ? -1 : left > right ? 1 : 0);
}
