import { longText } from "./long-text.ts";
import { html, type Html } from "./markup.ts";
import type { TurnFacts } from "./page-facts.ts";
import { timelineFigure } from "./timeline-figure.ts";

const marks: Readonly<Record<TurnFacts["tone"], string>> = { good: "✓", quiet: "–", bad: "✗", open: "…" };

/** A prompt, the answer, and what came of it. `isLast` leaves its timeline out: that one is drawn large above. */
export function turnItem(turn: TurnFacts, isLast: boolean): Html {
  const facts = [turn.took === "0s" ? undefined : turn.took, turn.cost]
    .filter((text) => text !== undefined)
    .join(" · ");
  const figure = turn.timeline === undefined || isLast ? undefined : timelineFigure(turn.timeline);
  return html`<li class="turn">
    ${turn.kind !== undefined && html`<p class="kind">${turn.kind}</p>`} ${longText("prompt", turn.prompt)}
    ${turn.said.map((text) => html`<blockquote>${longText("said", text)}</blockquote>`)}
    <p class="outcome ${turn.tone}">
      <span aria-hidden="true">${marks[turn.tone]}</span>
      ${turn.outcome}${facts !== "" && html`<span class="quiet"> · ${facts}</span>`}
    </p>
    ${
      figure !== undefined &&
      html`<details>
        <summary>The timeline after this turn</summary>
        ${figure}
      </details>`
    }
  </li> `;
}
