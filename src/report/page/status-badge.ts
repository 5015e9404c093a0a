import { statusWords } from "../status-words.ts";
import { html, type Html } from "./markup.ts";
import type { JobFacts } from "./page-facts.ts";

const marks = { going: "…", finished: "✓", failed: "✗", "needs-you": "!" } as const;

/** Where a job stands, as a word, a mark and a colour: none of them alone. */
export function statusBadge(status: JobFacts["status"], count?: number): Html {
  return html`<span class="badge ${status}"
    ><span aria-hidden="true">${marks[status]}</span>
    ${count === undefined ? statusWords[status] : counted(status, count)}</span
  >`;
}

function counted(status: JobFacts["status"], count: number): string {
  return `${count} ${status === "needs-you" && count > 1 ? "need you" : statusWords[status]}`;
}
