import type { FilterCall } from "./expression.ts";

interface Need {
  readonly what: string;
  /** As it stands after the `:` of a call. */
  readonly example: string;
  readonly filters: readonly string[];
}

const needs: readonly Need[] = [
  { what: "a number", example: "1", filters: ["plus", "minus", "at_least", "at_most"] },
  { what: "a number", example: "2", filters: ["times", "divided_by", "modulo"] },
  { what: "a number", example: "0, 3", filters: ["slice"] },
  { what: "a text", example: '", "', filters: ["join", "split"] },
  { what: "a text", example: '"…"', filters: ["append", "prepend", "hmac_sha256"] },
  { what: "a text", example: '"…"', filters: ["remove", "remove_first", "remove_last"] },
  { what: "a text", example: '"old", "new"', filters: ["replace", "replace_first", "replace_last"] },
  { what: "a format", example: '"%Y-%m-%d"', filters: ["date"] },
  { what: "a value", example: '"…"', filters: ["default", "push", "unshift"] },
  { what: "a list", example: "row.more", filters: ["concat"] },
  {
    what: "the name of a part",
    example: '"name"',
    filters: ["map", "where", "reject", "find", "find_index", "has", "group_by"],
  },
];

/** What is said of a call that lacks the argument without which the filter makes nonsense; undefined where it has it. */
export function missingArgument({ text, args }: FilterCall): string | undefined {
  const need = needs.find(({ filters }) => filters.includes(text));
  if (need === undefined || args.some(({ name }) => name === undefined)) return undefined;
  return `\`${text}\` needs ${need.what}: \`| ${text}: ${need.example}\``;
}
