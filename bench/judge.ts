import { median } from "./median.ts";
import type { Comparison, Goal, Quantity, Sample } from "./row.ts";

/** The medians of one comparison. Ratios are of what was run in the same round. */
export interface Figures {
  readonly ratio: Readonly<Record<Quantity, number>>;
  /** Half of the rounds' CPU ratios lie between these. */
  readonly spread: readonly [number, number];
  readonly floor: Readonly<Record<Quantity, number>>;
  readonly subject: Readonly<Record<Quantity, number>>;
}

export function figuresOf({ floors, subjects }: Comparison): Figures {
  const ratios = (of: Quantity): number[] =>
    subjects.map((subject, round) => read(subject, of) / read(floors[round], of));
  const cpu = ratios("cpu").sort((left, right) => left - right);
  const at = (share: number): number => cpu[Math.floor((cpu.length - 1) * share)] ?? Number.NaN;
  return {
    ratio: each((of) => median(ratios(of))),
    spread: [at(0.25), at(0.75)],
    floor: each((of) => median(floors.map((sample) => read(sample, of)))),
    subject: each((of) => median(subjects.map((sample) => read(sample, of)))),
  };
}

export function isMet(goal: Goal, { ratio, subject }: Figures): boolean {
  if ("mostBytes" in goal) return subject.peak <= goal.mostBytes;
  return "mostMs" in goal ? subject.wall <= goal.mostMs : ratio[goal.of] <= goal.mostRatio;
}

function each(value: (of: Quantity) => number): Record<Quantity, number> {
  return { cpu: value("cpu"), wall: value("wall"), peak: value("peak") };
}

function read(sample: Sample | undefined, of: Quantity): number {
  if (sample === undefined) return Number.NaN;
  return of === "cpu" ? sample.cpuMs : of === "wall" ? sample.wallMs : (sample.peakBytes ?? Number.NaN);
}
