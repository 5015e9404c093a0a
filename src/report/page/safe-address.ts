/** An address that leads to a page of the service or to a file beside the page; undefined for any other. */
export function safeAddress(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  if (/^\.{1,2}\/[^\s\\]*$/.test(address)) return address;
  return /^(?:https?|file):\/\/[^\s\\]*$/.test(address) ? address : undefined;
}
