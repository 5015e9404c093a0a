import type { Evidence } from "../evidence-of.ts";
import { fileFigure, framesFigure, type MediaBeside } from "./file-figure.ts";
import { html, type Html } from "./markup.ts";
import type { FileReport, JobFacts, TroubleFacts } from "./page-facts.ts";
import { prose } from "./prose.ts";
import { safeAddress } from "./safe-address.ts";
import { statusBadge } from "./status-badge.ts";
import { timelineFigure } from "./timeline-figure.ts";
import { turnItem } from "./turn-item.ts";

/** One job of the page, whole: its videos beside its timeline, its turns, its inputs and its trouble. */
export function jobArticle(job: JobFacts, number: number, media: MediaBeside): Html {
  const id = `job-${number}`;
  return html`<article class="job" id="${id}" aria-labelledby="${id}-name">
    <header>
      <h2 id="${id}-name" dir="auto">${job.name}</h2>
      ${statusBadge(job.status)}
      <p class="quiet">${job.cost} · ${job.took} · ${job.startedAt}</p>
    </header>
    ${job.trouble !== undefined && troubleNote(job.trouble, job.status)}
    <div class="columns">
      ${
        job.files.length > 0 &&
        html`<section aria-label="Videos of ${job.name}">
          <h3>Videos</h3>
          <div class="files">${job.files.map((file) => figureOf(file, job, media))}</div>
        </section>`
      }
      <div class="story">
        ${timelineSection(job)} ${turnSection(job)} ${inputSection(job)} ${originSection(job)}
      </div>
    </div>
  </article> `;
}

function figureOf(file: FileReport, { status }: JobFacts, media: MediaBeside): Html {
  const isOld = file.isPreview && status === "finished";
  return isOld ? (framesFigure(file, media) ?? html``) : fileFigure(file, media);
}

function troubleNote({ text, code, next, evidence }: TroubleFacts, status: JobFacts["status"]): Html {
  return html`<div class="trouble ${status}">
    <p dir="auto"><strong>${prose(text)}</strong> <code>${code}</code></p>
    ${next !== undefined && html`<p dir="auto"><span class="quiet">Next:</span> ${prose(next)}</p>`}${evidence !== undefined && evidenceNote(evidence)}
  </div>`;
}

function evidenceNote({ facts, advice, decisions }: Evidence): Html {
  const known = facts.map(([name, text]) => term(name, html`${prose(text)}`));
  const ways = decisions.map(
    ({ command, says }) => html`<li><code>${command}</code> <span>${says}</span></li> `,
  );
  return html`<dl class="evidence">${known}</dl>
    <p>${advice}</p>
    <ul class="decisions">
      ${ways}
    </ul>`;
}

const term = (name: string, value: Html): Html =>
  html`<div>
    <dt>${name}</dt>
    <dd dir="auto">${value}</dd>
  </div> `;

function timelineSection({ timeline }: JobFacts): Html | undefined {
  const figure = timeline === undefined ? undefined : timelineFigure(timeline);
  if (figure === undefined) return undefined;
  return html`<section>
    <h3>Timeline</h3>
    ${figure}
  </section>`;
}

function turnSection({ turns }: JobFacts): Html | undefined {
  if (turns.length === 0) return undefined;
  const last = turns.findLastIndex(({ timeline }) => timeline !== undefined);
  return html`<section>
    <h3>Prompts and answers</h3>
    <ol class="turns">
      ${turns.map((turn, index) => turnItem(turn, index === last))}
    </ol>
  </section>`;
}

function inputSection({ inputs }: JobFacts): Html | undefined {
  if (inputs.length === 0) return undefined;
  const items = inputs.map(
    ({ name, note }) =>
      html`<li><span class="path" dir="auto">${name}</span> <span class="quiet">${note}</span></li> `,
  );
  return html`<section>
    <h3>Inputs</h3>
    <ul class="inputs">
      ${items}
    </ul>
  </section>`;
}

function originSection(job: JobFacts): Html {
  const link = safeAddress(job.pageLink);
  const rows: readonly (readonly [string, Html])[] = [
    ["Recipe", html`${job.recipe}`],
    ["Skill", html`${job.skill}`],
    ["Job", html`<code>${job.id}</code>`],
    ["Run", html`<code>${job.runId}</code>`],
    ...(job.sessionId === undefined ? [] : [["Session", sessionText(job.sessionId, link)] as const]),
  ];
  const terms = rows.map(([name, value]) => term(name, value));
  return html`<section>
    <h3>Where it comes from</h3>
    <dl class="origin">${terms}</dl>
  </section>`;
}

function sessionText(sessionId: string, link: string | undefined): Html {
  const id = html`<code>${sessionId}</code>`;
  return link === undefined ? id : html`<a href="${link}" rel="noreferrer">${id}</a>`;
}
