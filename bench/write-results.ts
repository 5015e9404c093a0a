import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { figuresOf } from "./judge.ts";
import type { Machine } from "./machine.ts";
import { peerLines, type ContestResult } from "./peers.ts";
import { goalText, mb, ms, plain, times, verdict } from "./result-lines.ts";
import { root } from "./root.ts";
import type { BenchRow, Finding } from "./row.ts";

export interface Result {
  readonly row: BenchRow;
  readonly rounds: number;
  readonly findings: readonly Finding[];
}

/** Two tables of docs/BENCHMARKS.md are written by programs; what is written by hand around them stays. */
const marks = {
  rows: ["<!-- measured: written by npm run bench -- --write -->", "<!-- end of measured -->"],
  peers: ["<!-- peers: written by npm run bench -- --peers --write -->", "<!-- end of peers -->"],
} as const;

const path = join(root, "docs/BENCHMARKS.md");

/** Puts the results in place of those that were there of the same goals. */
export function writeResults(results: readonly Result[], machine: Machine): void {
  const measured = new Set(results.map(({ row }) => row.id));
  const lines = results.flatMap(({ row, findings }) => findings.map((one) => line(row, one)));
  const notes = results.map(
    ({ row, rounds }) => `- **${row.id}** (${rounds} rounds at ${machine.commit}). ${row.says}`,
  );
  replace("rows", (before) => [
    ...machine.lines,
    "",
    "| # | what | against | CPU | wall | memory | goal |",
    "|---|---|---|---|---|---|---|",
    ...merged(before, { start: /^\| (P\d+) \|/, measured, lines }),
    "",
    ...merged(before, { start: /^- \*\*(P\d+)\*\*/, measured, lines: notes }),
  ]);
}

/** The same for what our peers need. */
export function writePeers(results: readonly ContestResult[], rounds: number, machine: Machine): void {
  const measured = new Set(results.map(({ contest }) => contest.id));
  const lines = results.flatMap(peerLines);
  const ids = [...measured].join(", ");
  replace("peers", (before) => [
    `- ${ids}: ${rounds} rounds at ${machine.commit}`,
    ...before.filter((one) => one.startsWith("- ") && !one.startsWith(`- ${ids}:`)),
    "",
    "| # | task | program | against | CPU | wall | memory |",
    "|---|---|---|---|---|---|---|",
    ...merged(before, { start: /^\| (P\d+) \|/, measured, lines }),
  ]);
}

function replace(which: keyof typeof marks, write: (before: readonly string[]) => readonly string[]): void {
  const text = readFileSync(path, "utf8");
  const [begin, end] = marks[which];
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
  if (start === -1 || stop < start) throw new Error(`${path} has lost the marks of its measured parts`);
  const before = text.slice(start + begin.length, stop).split("\n");
  const after = [begin, "", ...write(before), "", ""].join("\n");
  writeFileSync(path, text.slice(0, start) + after + text.slice(stop));
}

interface Merging {
  readonly start: RegExp;
  readonly measured: ReadonlySet<string>;
  readonly lines: readonly string[];
}

/** New lines, and the old ones of what was not measured, in the order of the goals. */
function merged(before: readonly string[], { start, measured, lines }: Merging): string[] {
  const idOf = (one: string): string | undefined => start.exec(one)?.[1];
  const kept = before.filter((one) => {
    const id = idOf(one);
    return id !== undefined && !measured.has(id);
  });
  const number = (one: string): number => Number(idOf(one)?.slice(1));
  return [...kept, ...lines].sort((left, right) => number(left) - number(right));
}

function line(row: BenchRow, finding: Finding): string {
  const what = `${row.title}: ${finding.name}`;
  if ("remark" in finding) {
    const met = finding.met === undefined ? "" : finding.met ? "met" : "**missed**";
    return `| ${row.id} | ${what} | ${finding.remark} | | | | ${met} |`;
  }
  const figures = figuresOf(finding);
  const { ratio, spread, subject, floor } = figures;
  const cpu = `${times(ratio.cpu)} (${plain(spread[0])}–${plain(spread[1])})<br>${ms(subject.cpu)} : ${ms(floor.cpu)}`;
  const wall = `${times(ratio.wall)}<br>${ms(subject.wall)} : ${ms(floor.wall)}`;
  const peaks = [ratio.peak, subject.peak].some(Number.isNaN) ? "" : `${times(ratio.peak)}<br>`;
  const memory = Number.isNaN(subject.peak) ? "" : peaks + mb(subject.peak);
  const goals = finding.goals.map((goal) => `${goalText(goal)} ${emphasised(verdict(goal, figures))}`);
  const floored = finding.floor.replaceAll("|", "\\|");
  return `| ${row.id} | ${what} | ${floored} | ${cpu} | ${wall} | ${memory} | ${goals.join("<br>")} |`;
}

const emphasised = (word: string): string => (word === "missed" ? "**missed**" : word);
