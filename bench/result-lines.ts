import { figuresOf, isMet, type Figures } from "./judge.ts";
import type { Finding, Goal } from "./row.ts";

/** A finding as a person reads it on the screen. */
export function resultLines(finding: Finding): string[] {
  if ("remark" in finding) return [`${finding.name}: ${finding.remark}`];
  const figures = figuresOf(finding);
  const { ratio, spread, floor, subject } = figures;
  const lines = [
    `${finding.name}, against ${finding.floor}:`,
    `  CPU ${times(ratio.cpu)} (${plain(spread[0])}–${plain(spread[1])}), ${ms(subject.cpu)} against ${ms(floor.cpu)}`,
    `  wall ${times(ratio.wall)}, ${ms(subject.wall)} against ${ms(floor.wall)}`,
  ];
  if (!Number.isNaN(subject.peak)) lines.push(`  memory ${times(ratio.peak)}, ${mb(subject.peak)}`);
  return [...lines, ...finding.goals.map((goal) => `  goal ${goalText(goal)}: ${verdict(goal, figures)}`)];
}

export function goalText(goal: Goal): string {
  if ("mostBytes" in goal) return `memory ≤ ${mb(goal.mostBytes)}`;
  if ("mostMs" in goal) return `wall ≤ ${ms(goal.mostMs)}`;
  return `${quantities[goal.of]} ≤ ${times(goal.mostRatio)}`;
}

export function verdict(goal: Goal, figures: Figures): string {
  return isMet(goal, figures) ? "met" : "missed";
}

const quantities = { cpu: "CPU", wall: "wall", peak: "memory" } as const;

export const times = (ratio: number): string => (Number.isNaN(ratio) ? "–" : `${plain(ratio)}×`);
export const plain = (ratio: number): string => ratio.toFixed(2);
export const ms = (value: number): string => `${value < 100 ? value.toFixed(1) : Math.round(value)} ms`;
export const mb = (bytes: number): string => (Number.isNaN(bytes) ? "–" : `${Math.round(bytes / 1e6)} MB`);
