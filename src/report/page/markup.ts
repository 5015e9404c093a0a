import { cleanText } from "../../base/clean-text.ts";

/** Markup that may stand in a page as it is: only `html` makes it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template takes. A string is text from wherever; undefined and false leave nothing behind. */
export type Part = Html | string | number | undefined | false | readonly Html[];

/**
 * Markup whose every value is text, or markup made here before. Text is cleaned and escaped, so that it can neither
 * end an element nor the double quotes of an attribute; there are no other places for values.
 */
export function html(fixed: TemplateStringsArray, ...values: readonly Part[]): Html {
  return new Html(fixed.reduce((text, part, index) => text + written(values[index - 1]) + part));
}

function written(value: Part): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return escaped(value);
  return value.map(({ text }) => text).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (mark) => entities[mark] ?? "");
}
