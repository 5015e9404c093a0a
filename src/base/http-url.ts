/** A text as an address that begins with http:// or https://; undefined where it is none. */
export function httpUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
}
