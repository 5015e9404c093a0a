import { textWidth } from "./text-width.ts";

/**
 * What is not broken: a command to its end, because who copies it wants it whole; an address or another run without a
 * gap. Chinese may be broken behind each character, but no line begins with what ends a sentence.
 */
const units =
  /`[^`]*`|nemo-recipe [^`]*|[“（「《]*\p{Script=Han}[，。！？、；：）」》”…]*|[^\s\p{Script=Han}]+/gu;

/** Text broken between words to lines of at most so many columns, each as deep as the first. */
export function wrapText(text: string, columns: number): string {
  return text
    .split("\n")
    .map((line) => (textWidth(line) <= columns ? line : wrapLine(line, columns)))
    .join("\n");
}

function wrapLine(line: string, columns: number): string {
  const [, indent = "", rest = line] = /^(\s*(?:\| )?)(.*)$/.exec(line) ?? [];
  const lines: string[] = [];
  let current = "";
  let end = 0;
  for (const { 0: unit, index } of rest.matchAll(units)) {
    const longer = current + rest.slice(end, index) + unit;
    if (current !== "" && textWidth(indent + longer) > columns) {
      lines.push(indent + current);
      current = unit;
    } else current = current === "" ? unit : longer;
    end = index + unit.length;
  }
  return [...lines, indent + current].join("\n");
}
