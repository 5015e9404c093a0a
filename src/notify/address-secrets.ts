/** Shorter parts of an address are words that stand in harmless texts, too. */
const shortest = 16;

/** What gives access in the address of a webhook: itself, its path, and the parts that look like keys. */
export function addressSecrets(address: string): string[] {
  const url = URL.parse(address);
  if (url === null) return [];
  const path = url.pathname + url.search;
  const parts = [...url.pathname.split("/"), ...url.searchParams.values(), url.password];
  return [
    ...(path === "/" && url.username === "" ? [] : [address, url.href]),
    ...[path, ...parts].filter((part) => part.length >= shortest),
  ];
}
