import type { Node, Path } from "./node.ts";
import { child, items } from "./node.ts";
import { quote } from "./quote.ts";

const formats = /^(?:mp4|mov|avi|webm|mkv|gif)$/i;
const cron = /^(?:@[a-z]+|[\d*][\w*/,#?-]*(?: +[\w*/,#?+-]+){4,5})$/i;

/** The line to write where a map of `export`, `schedule`, `watch` and their like was put as a single word; undefined elsewhere. */
export function lineForShort(root: Node, path: Path): string | undefined {
  const [field, ...rest] = path;
  if (typeof field !== "string" || rest.some((step) => typeof step === "string")) return undefined;
  const written = items(child(root, field));
  const texts = written.flatMap((node) => (node.kind === "scalar" ? [String(node.value).trim()] : []));
  if (texts.length === 0 || texts.length < written.length) return undefined;
  if (field === "export") return `write \`export: ${list(texts.map(exportFor))}\``;
  const key = onlyKeys.get(field);
  if (key !== undefined)
    return `write \`${field}: ${list(texts.map((text) => `{ ${key}: ${quoted(text)} }`))}\``;
  if (field !== "schedule") return undefined;
  return texts.every((text) => cron.test(text))
    ? `write \`schedule: ${list(texts.map((text) => `{ cron: "${text}" }`))}\``
    : 'say when in cron fields, for Mondays at 9:00 `schedule: { cron: "0 9 * * 1" }`';
}

/** The field that a lone word most likely is. */
const onlyKeys: ReadonlyMap<string, string> = new Map([
  ["watch", "folder"],
  ["variants", "name"],
  ["retry", "attempts"],
  ["timeouts", "turn"],
]);

const quoted = (text: string): string => (/^[\p{L}\p{N}][\p{L}\p{N}./_-]*$/u.test(text) ? text : quote(text));

const exportFor = (text: string): string =>
  formats.test(text) ? `{ format: ${text.toLowerCase()} }` : "{ format: mp4 }";

const list = (maps: readonly string[]): string =>
  maps.length === 1 ? maps.join("") : `[${maps.join(", ")}]`;
