/** Rows as a spreadsheet of products has them. */
export function productRows(count: number): { name: string; title: string; tone: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `product-${index}`,
    title: `Dune Cup ${index}`,
    tone: index % 2 === 0 ? "calm" : "energetic",
  }));
}
