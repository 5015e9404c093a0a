/** The page's style: the reader's own fonts, light or dark as they like it, one column on a phone, and fit for paper. */
export const pageStyle: string = `
:root {
  color-scheme: light dark;
  --paper: #faf9f7; --card: #ffffff; --ink: #1c1b1a; --quiet: #5e5b57; --line: #e4e1dc; --link: #0b5c86;
  --good: #1b6e43; --good-wash: #e5f3ea; --bad: #a92a1f; --bad-wash: #fbeae7; --wait: #7a5200; --wait-wash: #fbf1dc;
  --video: #cfe0ee; --video-ink: #123a56; --audio: #e7f1e4; --audio-level: #c9e0c2; --audio-ink: #234b1a;
  --text: #eadff0; --text-ink: #4a2560; --other: #e6e3de; --other-ink: #3d3a36;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #151517; --card: #1d1d20; --ink: #ecebe8; --quiet: #a5a29d; --line: #34343a; --link: #86c5ea;
    --good: #7fd0a0; --good-wash: #1a2f23; --bad: #f3978c; --bad-wash: #3a1f1c; --wait: #e9be6c; --wait-wash: #342a16;
    --video: #234056; --video-ink: #d3e6f4; --audio: #22331f; --audio-level: #34522d; --audio-ink: #d3e9cc;
    --text: #412b4f; --text-ink: #ecdcf6; --other: #38373b; --other-ink: #e2e0dc;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2.5rem clamp(1rem, 4vw, 3rem); max-width: 80rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
h1, h2, h3, p, ul, ol, dl, dd, figure, blockquote { margin: 0; padding: 0; }
h1 { font-size: clamp(1.7rem, 1.2rem + 2vw, 2.5rem); line-height: 1.15; letter-spacing: -0.02em; font-weight: 650; }
h2 { font-size: 1.35rem; line-height: 1.25; letter-spacing: -0.01em; font-weight: 640; }
h3 { font-size: 0.85rem; font-weight: 600; color: var(--quiet); margin-bottom: 0.6rem; }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 0.06em; }
a:focus-visible, summary:focus-visible, video:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; border-radius: 3px; }
code, .path { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.86em; }
ul, ol { list-style: none; }
.quiet { color: var(--quiet); }
.lead { font-size: 1.1rem; margin: 0.4rem 0 0.8rem; }
header.page { margin-bottom: 2rem; }
header.page code { font-size: 0.86em; }

.badge {
  display: inline-block; justify-self: start; padding: 0.08rem 0.6rem; border-radius: 1rem; font-size: 0.85rem; font-weight: 560; white-space: nowrap;
  color: var(--wait); background: var(--wait-wash);
}
.badge.finished { color: var(--good); background: var(--good-wash); }
.badge.failed { color: var(--bad); background: var(--bad-wash); }

.overview li > :last-child { text-align: right; }
.overview { border-top: 1px solid var(--line); margin-bottom: 2rem; }
.overview li {
  display: grid; grid-template-columns: 1fr auto; gap: 0.1rem 1rem; align-items: baseline;
  padding: 0.55rem 0; border-bottom: 1px solid var(--line);
}
.overview.left .why { grid-column: 1 / -1; text-align: left; font-size: 0.92rem; }
h2.list { font-size: 1rem; margin-bottom: 0.5rem; }
@media (min-width: 48rem) {
  .overview li { grid-template-columns: minmax(0, 1fr) 9rem 11rem 5rem; }
  .overview.left li { grid-template-columns: minmax(0, 2fr) 9rem minmax(0, 3fr); }
  .overview.left .why { grid-column: auto; }
}

.job {
  background: var(--card); border: 1px solid var(--line); border-radius: 14px;
  padding: clamp(1rem, 3vw, 2rem); margin-bottom: 1.75rem;
}
.job > header { display: flex; flex-wrap: wrap; gap: 0.25rem 0.9rem; align-items: center; margin-bottom: 1.4rem; }
.job > header p { flex-basis: 100%; }
.columns { display: grid; gap: 2rem clamp(1.5rem, 4vw, 3rem); }
.columns > *, .story > * { min-width: 0; }
@media (min-width: 60rem) { .columns:has(> section) { grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); } }
.story { display: grid; gap: 2rem; align-content: start; }

.trouble { padding: 0.9rem 1.1rem; border-radius: 10px; margin-bottom: 1.5rem; background: var(--wait-wash); }
.trouble.failed { background: var(--bad-wash); }
.trouble strong { font-weight: 600; }
.trouble > * + * { margin-top: 0.55rem; }
.evidence { display: grid; gap: 0.3rem; font-size: 0.92rem; }
.evidence > div { display: grid; grid-template-columns: 5rem minmax(0, 1fr); gap: 0.6rem; }
.evidence dt { color: var(--quiet); }
.decisions li { padding: 0.35rem 0; font-size: 0.92rem; }
.decisions li > span { display: block; color: var(--quiet); }
.decisions code { user-select: all; -webkit-user-select: all; }

.files { display: flex; flex-wrap: wrap; gap: 1.5rem 1rem; }
.file { flex: 1 1 100%; min-width: 0; }
.file.tall { flex: 0 1 calc(50% - 0.5rem); }
.file video, .file img {
  display: block; max-width: 100%; height: auto; margin-bottom: 0.6rem; object-fit: contain;
  border-radius: 10px; background: #000;
}
.frames { display: block; max-width: 100%; height: auto; margin-top: 0.6rem; border-radius: 8px; }
.file.absent { padding: 0.9rem 1.1rem; border: 1px dashed var(--line); border-radius: 10px; }
figcaption { font-size: 0.92rem; line-height: 1.5; }
.file figcaption > span { display: block; }
.differs { margin-top: 0.3rem; color: var(--bad); }

.lanes { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.3rem 0.8rem; align-items: center; }
.lane-name { font-size: 0.82rem; color: var(--quiet); }
.lane, .axis { display: block; overflow: hidden; }
.label {
  padding: 0 9px; font-size: 12.5px; line-height: 26px; color: var(--other-ink);
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis;
}
foreignObject { pointer-events: none; }
.axis text { font-size: 11.5px; fill: var(--quiet); }
.grid { stroke: var(--line); }
.bar { fill: var(--other); stroke: var(--card); stroke-width: 2px; }
.video .bar { fill: var(--video); } .video .label { color: var(--video-ink); }
.audio .bar { fill: var(--audio-level); } .audio .label { color: var(--audio-ink); }
.audio .bar:has(+ .level) { fill: var(--audio); } .level { fill: var(--audio-level); }
.text .bar { fill: var(--text); } .text .label { color: var(--text-ink); }
.timeline figcaption { margin-top: 0.6rem; color: var(--quiet); font-size: 0.85rem; }

.turns { counter-reset: turn; }
.turn { counter-increment: turn; position: relative; padding: 0 0 1.4rem 2.3rem; }
.turn:last-child { padding-bottom: 0; }
.turn::before {
  content: counter(turn); position: absolute; left: 0; top: 0.05rem; width: 1.5rem; height: 1.5rem; border-radius: 50%;
  display: grid; place-items: center; font-size: 0.8rem; font-weight: 600; color: var(--quiet); border: 1px solid var(--line);
}
.turn:not(:last-child)::after { content: ""; position: absolute; left: 0.75rem; top: 1.9rem; bottom: 0.3rem; border-left: 1px solid var(--line); }
.kind { font-size: 0.82rem; color: var(--quiet); }
.prompt { font-weight: 540; white-space: pre-wrap; }
blockquote { margin-top: 0.5rem; padding-left: 0.9rem; border-left: 2px solid var(--line); color: var(--quiet); }
.said { white-space: pre-wrap; }
.whole[open] > :last-child { margin-top: 0.5rem; }
.outcome { margin-top: 0.45rem; font-size: 0.92rem; }
.outcome > span:first-child { display: inline-block; width: 1rem; }
.outcome.good > span:first-child { color: var(--good); }
.outcome.bad > span:first-child { color: var(--bad); }
details { margin-top: 0.5rem; }
summary { cursor: pointer; font-size: 0.88rem; color: var(--quiet); width: fit-content; }
details .timeline { margin-top: 0.7rem; }

.inputs li + li { margin-top: 0.2rem; }
.inputs .quiet { font-size: 0.92rem; white-space: nowrap; }
.origin { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 0.6rem 1.5rem; font-size: 0.92rem; }
.origin dt { color: var(--quiet); font-size: 0.85rem; }
body > footer { color: var(--quiet); font-size: 0.88rem; margin-top: 2.5rem; }

@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --quiet: #444; }
  body { padding: 0; max-width: none; font-size: 10.5pt; }
  .job { border: 0; padding: 0; break-before: page; }
  main > .job:first-child { break-before: auto; }
  .file, .turn, .trouble, .timeline { break-inside: avoid; }
  .columns:has(> section) { grid-template-columns: 5fr 7fr; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
