import { shorten } from "../../base/shorten.ts";
import { html, type Html } from "./markup.ts";

const most = 800;
const shown = 400;

/** Text from outside in its own lines. Of a very long one the beginning is shown, and the whole on request. */
export function longText(className: "prompt" | "said", text: string): Html {
  if (text.length <= most) return paragraph(className, text);
  return html`${paragraph(className, shorten(text, shown))}
    <details class="whole">
      <summary>All ${text.length} characters</summary>
      ${paragraph(className, text)}
    </details>`;
}

/** On one line here: white space counts in it. */
const paragraph = (className: string, text: string): Html =>
  html`<p class="${className}" dir="auto">${text}</p>`;
