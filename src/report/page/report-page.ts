import { createHash } from "node:crypto";
import { countOf } from "../../base/count-of.ts";
import { creditsText } from "../credits-text.ts";
import type { MediaBeside } from "./file-figure.ts";
import { jobArticle } from "./job-article.ts";
import { html, Html } from "./markup.ts";
import type { JobFacts, PageFacts } from "./page-facts.ts";
import { pageStyle } from "./page-style.ts";
import { prose } from "./prose.ts";
import { statusBadge } from "./status-badge.ts";

const fewJobs = 12;

/** What a page of ours begins with: no other file is ever replaced by one. */
export const pageMark = "<!doctype html>\n<!-- A report of nemo-recipe -->";

/**
 * A report as one page that needs nothing but the videos beside it: no script, no font, no picture from elsewhere, and
 * a policy that would refuse them.
 */
export function reportPage(facts: PageFacts, media: MediaBeside): string {
  const { title, jobs, program, madeAt } = facts;
  const style = new Html(`<style>${pageStyle}</style>`);
  const page = html`${new Html(pageMark)}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} · nemo-recipe</title>
        ${style}
      </head>
      <body>
        ${headPart(facts)}
        <main>
          ${jobs.length > fewJobs && leftOver(jobs)} ${jobs.length > 1 && overview(jobs)}
          ${jobs.map((job, index) => jobArticle(job, index + 1, media))}
        </main>
        <footer>
          <p>Made by ${program} on ${madeAt}.${media.size > 0 && ` ${whereTheyAre(media)}`}</p>
        </footer>
      </body>
    </html> `;
  return page.text;
}

function whereTheyAre(media: MediaBeside): string {
  const areBeside = [...media.values()].every(({ href }) => href.startsWith("./"));
  return areBeside
    ? "The videos are files beside this page: keep them together."
    : "The videos are files elsewhere: the page finds them as long as it and they stay where they are.";
}

/** Styles are known by their hash; pictures and videos come from the page itself or from beside it. */
function policy(): string {
  const hash = createHash("sha256").update(pageStyle).digest("base64");
  return [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "img-src 'self' data: file:",
    "media-src 'self' file:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function headPart({ title, run, jobs, leftOut }: PageFacts): Html {
  const videos = jobs.flatMap(({ files }) =>
    files.filter(({ isDelivered, isPreview, differs }) => isDelivered && !isPreview && differs.length === 0),
  ).length;
  const credits = jobs.reduce((sum, job) => sum + job.credits, 0);
  const isAllLocal = jobs.length > 0 && jobs.every(({ isLocal }) => isLocal);
  const facts = [
    countOf(videos, "video"),
    ...(isAllLocal
      ? ["a local preview, nothing was paid"]
      : [
          creditsText(
            credits,
            jobs.some(({ costUnknown }) => costUnknown),
          ),
        ]),
    ...(run === undefined ? [] : [...(run.took === undefined ? [] : [run.took]), run.startedAt]),
  ];
  const statuses = (["finished", "failed", "needs-you", "going"] as const)
    .map((status) => ({ status, count: jobs.filter((job) => job.status === status).length }))
    .filter(({ count }) => count > 0);
  return html`<header class="page">
    <h1 dir="auto">${title}</h1>
    <p class="lead">${facts.join(" · ")}</p>
    <p>
      ${jobs.length > 1 && statuses.map(({ status, count }) => html`${statusBadge(status, count)} `)}${leftOut > 0 && html`<span class="quiet">${countOf(leftOut, "job")} not on this page</span>`}
    </p>
    ${run !== undefined && html`<p class="quiet"><code>${run.id}</code>${run.exitCode !== undefined && `, exit ${run.exitCode}`}</p>`}
  </header>`;
}

/** Of many jobs those that are not done come first as well: nobody looks for them among a hundred. */
function leftOver(jobs: readonly JobFacts[]): Html | undefined {
  const left = jobs.flatMap((job, index) => (job.status === "finished" ? [] : [{ job, index }]));
  if (left.length === 0 || left.length === jobs.length) return undefined;
  const rows = left.map(
    ({ job, index }) =>
      html`<li>
        <a href="#job-${index + 1}" dir="auto">${job.name}</a>${statusBadge(job.status)}<span
          class="why quiet"
          dir="auto"
          >${job.trouble !== undefined && prose(job.trouble.text)}</span
        >
      </li> `,
  );
  return html`<nav aria-labelledby="left">
    <h2 class="list" id="left">Not done</h2>
    <ol class="overview left">
      ${rows}
    </ol>
  </nav>`;
}

function overview(jobs: readonly JobFacts[]): Html {
  const rows = jobs.map(
    (job, index) =>
      html`<li>
        <a href="#job-${index + 1}" dir="auto">${job.name}</a>${statusBadge(job.status)}<span class="quiet"
          >${job.cost}</span
        ><span class="quiet">${job.took}</span>
      </li> `,
  );
  return html`<nav aria-label="Jobs">
    ${jobs.length > fewJobs && html`<h2 class="list">All jobs</h2>`}
    <ol class="overview">
      ${rows}
    </ol>
  </nav>`;
}
