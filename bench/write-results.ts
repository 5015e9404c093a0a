import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { figuresOf } from "./judge.ts";
import { goalText, mb, ms, plain, times, verdict } from "./result-lines.ts";
import { root } from "./root.ts";
import type { BenchRow, Finding } from "./row.ts";

export interface Result {
  readonly row: BenchRow;
  readonly rounds: number;
  readonly findings: readonly Finding[];
}

const [begin, end] = ["<!-- measured: written by npm run bench -- --write -->", "<!-- end of measured -->"];

/** Puts the results in place of the measured part of docs/BENCHMARKS.md; what is written by hand around it stays. */
export function writeResults(results: readonly Result[], machine: readonly string[]): void {
  const path = join(root, "docs/BENCHMARKS.md");
  const text = readFileSync(path, "utf8");
  const [before, after] = [text.indexOf(begin), text.indexOf(end)];
  if (before === -1 || after < before) throw new Error(`${path} has lost the marks of its measured part`);
  const measured = [begin, "", ...machine, "", ...table(results), "", ...notes(results), ""];
  writeFileSync(path, text.slice(0, before) + measured.join("\n") + text.slice(after));
}

function table(results: readonly Result[]): string[] {
  const head = "| # | what | against | CPU | wall | memory | goal |\n|---|---|---|---|---|---|---|";
  return [head, ...results.flatMap(({ row, findings }) => findings.map((one) => line(row, one)))];
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

function notes(results: readonly Result[]): string[] {
  return results.map(({ row, rounds }) => `- **${row.id}** (${rounds} rounds). ${row.says}`);
}
