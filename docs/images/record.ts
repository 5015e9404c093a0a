// Records a command in a real terminal as a moving SVG: node docs/images/record.ts run.svg 'npx nemo-recipe …'
// Needs tmux. The picture plays once and stays on its last frame; without animation it shows the last frame.
import { execFile, execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const [file = "run.svg", command = "true", height = "16"] = process.argv.slice(2);
const size = { columns: 92, rows: Number(height), cell: 8.43, line: 19, margin: 18, bar: 30 };
const colours = ["#6e7681", "#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#76e3ea", "#c9d1d9"];
const done = "recording-ends-here";

interface Frame {
  readonly atMs: number;
  readonly text: string;
}

const frames = await record();
writeFileSync(file, draw(frames));
process.stdout.write(`${file}: ${frames.length} frames, ${(frames.at(-1)?.atMs ?? 0) / 1000} s\n`);

async function record(): Promise<Frame[]> {
  const session = `record-${process.pid}`;
  const tmux = (...args: string[]): string =>
    execFileSync("tmux", ["-L", session, ...args], { encoding: "utf8" });
  const shell = `env -u CI TERM=screen-256color PS1= bash --norc -c '${command}; tmux -L ${session} wait-for -S ${done}; sleep 60'`;
  tmux("new-session", "-d", "-s", session, "-x", String(size.columns), "-y", String(size.rows), shell);
  const seen: Frame[] = [{ atMs: 0, text: "" }];
  const startedAt = performance.now();
  let ended = false;
  execFile("tmux", ["-L", session, "wait-for", done], () => (ended = true));
  for (let last = false; !last;) {
    last = ended;
    const text = tmux("capture-pane", "-e", "-p", "-t", session);
    const atMs = Math.round(performance.now() - startedAt);
    if (text !== seen.at(-1)?.text) seen.push({ atMs, text });
    await sleep(300);
  }
  tmux("kill-server");
  return seen;
}

function draw(all: readonly Frame[]): string {
  const width = Math.round(size.columns * size.cell + 2 * size.margin);
  const tall = (size.rows + 1) * size.line + 2 * size.margin + size.bar;
  const groups = all.map((frame, index) => {
    const from = (frame.atMs / 1000).toFixed(2);
    const next = all[index + 1];
    // Where nothing moves, the last frame is all there is.
    if (next === undefined) return `<g>${set("hidden", `begin="0s" end="${from}s"`)}${lines(frame.text)}</g>`;
    const shown =
      set("visible", `begin="${from}s"`) + set("hidden", `begin="${(next.atMs / 1000).toFixed(2)}s"`);
    return `<g visibility="hidden">${shown}${lines(frame.text)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${tall}" viewBox="0 0 ${width} ${tall}" role="img">
<title>${escape(command)}</title>
<rect width="${width}" height="${tall}" rx="10" fill="#0d1117"/>
<circle cx="20" cy="18" r="5.5" fill="#ff5f57"/><circle cx="38" cy="18" r="5.5" fill="#febc2e"/><circle cx="56" cy="18" r="5.5" fill="#28c840"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#c9d1d9" xml:space="preserve">
<text x="${size.margin}" y="${size.bar + size.margin}"><tspan fill="#7ee787">$</tspan> ${escape(command)}</text>
${groups.join("\n")}
</g>
</svg>
`;
}

function set(visibility: string, when: string): string {
  return `<set attributeName="visibility" to="${visibility}" ${when}/>`;
}

function lines(text: string): string {
  let style = "";
  const rows = text.split("\n").map((line, row) => {
    const drawn = spans(line.trimEnd(), style);
    style = drawn.style;
    const y = size.bar + size.margin + (row + 1) * size.line;
    return drawn.tspans === "" ? "" : `<text x="${size.margin}" y="${y}">${drawn.tspans}</text>`;
  });
  return rows.join("");
}

/** Colours, bold and dim, as a terminal means them: what a line leaves on is on in the next. */
function spans(line: string, before: string): { readonly tspans: string; readonly style: string } {
  let style = before;
  const tspans = line.split(/(\p{Cc}\[[\d;]*m)/u).map((part) => {
    const codes = /^\p{Cc}\[([\d;]*)m$/u.exec(part)?.[1];
    if (codes === undefined) return part === "" ? "" : `<tspan${style}>${escape(part)}</tspan>`;
    style = styleAfter(style, codes.split(";").map(Number));
    return "";
  });
  return { tspans: tspans.join(""), style };
}

function styleAfter(before: string, codes: readonly number[]): string {
  let style = before;
  for (const code of codes) {
    if (code === 0) style = "";
    else if (code === 1) style += ' font-weight="bold"';
    else if (code === 2) style += ' fill-opacity="0.6"';
    else if (code === 39) style = style.replace(/ fill="[^"]*"/, "");
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
      style = `${style.replace(/ fill="[^"]*"/, "")} fill="${colours[code % 10] ?? colours[7]}"`;
    }
  }
  return style;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
