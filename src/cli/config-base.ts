import { formatDuration } from "../base/duration.ts";
import type { Config } from "../config/config.ts";

/** What the config says of fields that recipes have too, as a recipe that lies beneath every other. */
export function configBase({ retry, timeouts, poll }: Config): { readonly base?: string } {
  const fields = Object.entries({ retry, timeouts, poll }).filter(([, set]) => Object.keys(set).length > 0);
  if (fields.length === 0) return {};
  return { base: JSON.stringify(Object.fromEntries(fields.map(([name, set]) => [name, written(set)]))) };
}

/** Back to the keys and durations of YAML: `{ delayMs: 2000 }` → `{ delay: "2s" }`. */
function written(set: object): object {
  return Object.fromEntries(
    Object.entries(set).map(([key, value]: [string, number]) =>
      key.endsWith("Ms") ? [key.slice(0, -2), formatDuration(value)] : [key, value],
    ),
  );
}
