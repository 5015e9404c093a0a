/** Of an address only the host: the rest may hold a secret. */
export function hostOf(address: string): string {
  return URL.parse(address)?.host ?? "an address";
}
