import { nearMiss } from "../base/near-miss.ts";

interface Field {
  readonly name: string;
  readonly takes: string;
  readonly words?: readonly string[];
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const nicknames = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/** From the left, as in a line of six. */
const fieldTable: readonly Field[] = [
  { name: "second", takes: "0 to 59" },
  { name: "minute", takes: "0 to 59" },
  { name: "hour", takes: "0 to 23" },
  { name: "day of the month", takes: "1 to 31, L, LW or 15W" },
  { name: "month", takes: "1 to 12, or JAN to DEC", words: months },
  {
    name: "day of the week",
    takes: "0 to 7 (0 and 7 are Sunday), SUN to SAT, FRI#2 or FRI#L",
    words: days,
  },
];

/** What is wrong with a cron line, field by field; undefined where nothing is. `fits` is the library's own word. */
export function cronFault(
  text: string,
  fits: (text: string) => boolean,
): { readonly message: string; readonly hint?: string } | undefined {
  if (text.startsWith("@")) {
    if (nicknames.includes(text.toLowerCase())) return undefined;
    return { message: `unknown cron name \`${text}\``, hint: meant(text, nicknames) };
  }
  const fields = text.split(" ");
  if (fields.length !== 5 && fields.length !== 6) {
    const hint = "minute hour day month weekday, as in `0 9 * * 1-5`; seconds may stand before them";
    return { message: `a cron line has 5 or 6 fields, and \`${text}\` has ${fields.length}`, hint };
  }
  const shapes = fieldTable.slice(-fields.length);
  for (const [index, field] of fields.entries()) {
    const alone = fields.map((_, other) => (other === index ? field : "*")).join(" ");
    const shape = shapes[index];
    if (shape !== undefined && !fits(alone)) return faultOf(field, shape);
  }
  return fits(text) ? undefined : { message: `\`${text}\` is no cron line` };
}

function faultOf(field: string, shape: Field): { readonly message: string; readonly hint: string } {
  const message = `the ${shape.name} of a cron line cannot be \`${field}\``;
  const stepped = /^(\d+)\/(\d+)$/.exec(field);
  if (stepped !== null)
    return { message, hint: `write a range: \`${stepped[1]}-${lastOf(shape)}/${stepped[2]}\`` };
  if (isBackwards(field, shape))
    return { message, hint: "a range runs upwards: write two, with a comma between them" };
  const word = field
    .split(/[^A-Za-z]+/)
    .find((part) => part !== "" && !shape.words?.includes(part.toUpperCase()));
  const near = word === undefined ? undefined : nearMiss(word, shape.words ?? []);
  return { message, hint: near === undefined ? `it takes ${shape.takes}` : `did you mean ${near}?` };
}

const lastOf = ({ takes }: Field): string => /to (\d+)/.exec(takes)?.[1] ?? "";

function isBackwards(field: string, { words = [] }: Field): boolean {
  const [from, to] = (/^(\w+)-(\w+)/.exec(field) ?? []).slice(1).map((end) => {
    const place = words.indexOf(end.toUpperCase());
    return place === -1 ? Number(end) : place;
  });
  return from !== undefined && to !== undefined && from > to;
}

function meant(text: string, known: readonly string[]): string {
  const near = nearMiss(text, known);
  return near === undefined ? `known: ${known.join(", ")}` : `did you mean ${near}?`;
}
