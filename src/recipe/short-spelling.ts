import type { Node, Path } from "./node.ts";
import { child, items } from "./node.ts";

const formats = /^(?:mp4|mov|avi|webm|mkv|gif)$/i;
const cron = /^(?:@[a-z]+|[\d*][\w*/,#?-]*(?: +[\w*/,#?+-]+){4,5})$/i;

/** The line to write where a map of `export` or `schedule` was put as a single word; undefined elsewhere. */
export function lineForShort(root: Node, path: Path): string | undefined {
  const [field, ...rest] = path;
  if (typeof field !== "string" || rest.some((step) => typeof step === "string")) return undefined;
  const written = items(child(root, field));
  const texts = written.flatMap((node) => (node.kind === "scalar" ? [String(node.value).trim()] : []));
  if (texts.length === 0 || texts.length < written.length) return undefined;
  if (field === "export") return `write \`export: ${list(texts.map(exportFor))}\``;
  if (field !== "schedule") return undefined;
  return texts.every((text) => cron.test(text))
    ? `write \`schedule: ${list(texts.map((text) => `{ cron: "${text}" }`))}\``
    : 'say when in cron fields, for Mondays at 9:00 `schedule: { cron: "0 9 * * 1" }`';
}

const exportFor = (text: string): string =>
  formats.test(text) ? `{ format: ${text.toLowerCase()} }` : "{ format: mp4 }";

const list = (maps: readonly string[]): string =>
  maps.length === 1 ? maps.join("") : `[${maps.join(", ")}]`;
