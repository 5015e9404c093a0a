import type { JobState } from "../job/state.ts";
import { evidenceOf } from "./evidence-of.ts";
import type { Paint } from "./paint.ts";

export interface EvidenceView {
  readonly paint: Paint;
  /** The machine's where absent. */
  readonly timeZone?: string;
}

/** All that is known about a turn of which nobody can know whether it ran, as lines for a terminal. */
export function turnEvidence(state: JobState, key: string, { paint, timeZone }: EvidenceView): string[] {
  const evidence = evidenceOf(state, key, timeZone);
  if (evidence === undefined) return [];
  const { title, facts, advice, decisions } = evidence;
  const width = Math.max(...facts.map(([name]) => name.length));
  const commandWidth = Math.max(...decisions.map(({ command }) => command.length));
  return [
    paint.yellow(title),
    ...facts.map(([name, text]) => `  ${paint.dim(name.padEnd(width))}  ${text}`),
    advice,
    ...decisions.map(({ command, says }) => `  ${command.padEnd(commandWidth)}   ${says}`),
  ];
}
