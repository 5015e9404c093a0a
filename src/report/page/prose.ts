import { html, type Html } from "./markup.ts";

/** A message whose commands and keys stand between backticks, with these set as code. */
export function prose(text: string): Html {
  const parts = text.split("`");
  const isPaired = parts.length % 2 === 1;
  return html`${parts.map((part, index) => (isPaired && index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`;
}
