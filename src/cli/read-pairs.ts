import { usage } from "./stop.ts";

/** `--param name=value`, the last of a name wins; the value may hold more equal signs. */
export function readPairs(texts: readonly string[] = []): Record<string, string> {
  const pairs: [string, string][] = texts.map((text) => {
    const at = text.indexOf("=");
    if (at < 1) throw usage(`--param ${text}: it is written name=value.`, undefined, "flag-value");
    return [text.slice(0, at), text.slice(at + 1)];
  });
  return Object.fromEntries(pairs);
}
