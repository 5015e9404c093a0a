import { textWidth } from "./text-width.ts";

/** A line that is not broken: who copies it wants it whole. */
const whole = /nemo-recipe |https?:\/\//;

/**
 * Text broken between words to lines of at most so many columns, each as deep as the first. What has no gap (Chinese,
 * a long path) is left to the terminal.
 */
export function wrapText(text: string, columns: number): string {
  return text
    .split("\n")
    .map((line) => (textWidth(line) <= columns || whole.test(line) ? line : wrapLine(line, columns)))
    .join("\n");
}

function wrapLine(line: string, columns: number): string {
  const [, indent = "", rest = line] = /^(\s*(?:\| )?)(.*)$/.exec(line) ?? [];
  const lines: string[] = [];
  let current = "";
  for (const word of rest.split(" ")) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (current !== "" && textWidth(indent + longer) > columns) {
      lines.push(indent + current);
      current = word;
    } else current = longer;
  }
  return [...lines, indent + current].join("\n");
}
