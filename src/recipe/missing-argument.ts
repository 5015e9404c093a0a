import type { FilterCall } from "./expression.ts";

/** How a call begins that has what the filter needs, and what that is. */
const needs: ReadonlyMap<string, readonly [what: string, example: string]> = new Map([
  ...["plus", "minus", "at_least", "at_most"].map((name) => [name, ["a number", "1"]] as const),
  ...["times", "divided_by", "modulo"].map((name) => [name, ["a number", "2"]] as const),
  ...["append", "prepend", "push", "unshift"].map((name) => [name, ["a text", '"…"']] as const),
  ...["remove", "remove_first", "remove_last"].map((name) => [name, ["a text", '"…"']] as const),
  ...["replace", "replace_first", "replace_last"].map((name) => [name, ["a text", '"old", "new"']] as const),
  ...["join", "split"].map((name) => [name, ["a text", '", "']] as const),
  ...["map", "where", "reject", "find", "find_index", "has", "group_by"].map(
    (name) => [name, ["the name of a property", '"name"']] as const,
  ),
  ["concat", ["a list", "params.list"]],
  ["date", ["a format", '"%Y-%m-%d"']],
  ["default", ["a value", '"…"']],
  ["hmac_sha256", ["a text", '"…"']],
  ["slice", ["a number", "0, 3"]],
]);

/** What is said of a call that lacks the argument without which the filter makes nonsense; undefined where it has it. */
export function missingArgument({ text, args }: FilterCall): string | undefined {
  const need = needs.get(text);
  if (need === undefined || args.some(({ name }) => name === undefined)) return undefined;
  const [what, example] = need;
  return `\`${text}\` needs ${what}: \`| ${text}: ${example}\``;
}
