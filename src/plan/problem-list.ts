import type { Problem } from "../recipe/problem.ts";
import { withLine } from "../recipe/source.ts";

/** The most that one place may say: a thousand rows with one mistake are one lesson, not a thousand. */
const maxPerPlace = 10;

/** Collects problems: none twice, and never a flood from one place. */
export interface ProblemList {
  add(problem: Problem): void;
  readonly hasErrors: boolean;
  all(): readonly Problem[];
}

export function problemList(): ProblemList {
  const seen = new Set<string>();
  const kept: Problem[] = [];
  const perPlace = new Map<string, { count: number; last: Problem }>();
  let hasErrors = false;
  return {
    add(problem) {
      const { place, code, message } = problem;
      const at = `${place?.file}:${place?.line}:${place?.column}:${code}`;
      if (seen.has(`${at}:${message}`)) return;
      seen.add(`${at}:${message}`);
      if (problem.severity === "error") hasErrors = true;
      const count = (perPlace.get(at)?.count ?? 0) + 1;
      perPlace.set(at, { count, last: problem });
      if (count <= maxPerPlace) kept.push(withLine(problem));
    },
    get hasErrors() {
      return hasErrors;
    },
    all() {
      const more = [...perPlace.values()].filter(({ count }) => count > maxPerPlace);
      return [...kept, ...more.map(({ count, last }) => andMore(count - maxPerPlace, last))];
    },
  };
}

function andMore(count: number, { severity, code, place }: Problem): Problem {
  const message = `… and ${count} more like this`;
  return { severity, code, message, ...(place && { place }) };
}
