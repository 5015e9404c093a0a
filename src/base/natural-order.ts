let collator: Intl.Collator | undefined;

/** Compares as people count: `2.jpg` before `10.jpg`; equal but for case is settled by the code units. */
export function naturalOrder(left: string, right: string): number {
  // Made at the first comparison: it costs a start as much as reading a recipe's YAML.
  collator ??= new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  return collator.compare(left, right) || (left < right ? -1 : left > right ? 1 : 0);
}
