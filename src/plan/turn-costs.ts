import type { CreditRange } from "./estimate.ts";
import { publishedCredits } from "./estimate.ts";
import type { PlannedJob, TurnStep } from "./planned-job.ts";

/** Credits that an earlier turn was measured to cost. */
export interface CostSample {
  readonly turn: TurnStep["turn"];
  readonly credits: number;
}

/** What one sending of a turn is taken to cost, and how that is known. */
export interface TurnCost extends CreditRange {
  readonly from: "recipe" | "skill" | "published";
  /** How many earlier turns it is read from; 0 for the published figures. */
  readonly samples: number;
}

export type TurnCosts = Readonly<Record<TurnStep["turn"], TurnCost>>;

/** What the turns of one recipe with one skill are taken to cost. */
export interface RecipeFigures {
  readonly recipe: string;
  readonly skill: string;
  readonly turns: TurnCosts;
}

/** Fewer earlier turns than this say nothing of the next. */
const fewestSamples = 3;

/**
 * What turns cost by this machine's own history: that of the recipe, else that of its skill, else as published. Low
 * is the 10th percentile, likely the median, high the most that was ever measured.
 */
export function turnCosts(ofRecipe: readonly CostSample[], ofSkill: readonly CostSample[]): TurnCosts {
  const costOf = (turn: TurnStep["turn"]): TurnCost =>
    measuredCost(creditsOf(turn, ofRecipe), "recipe") ??
    measuredCost(creditsOf(turn, ofSkill), "skill") ?? {
      ...publishedCredits[turn],
      from: "published",
      samples: 0,
    };
  return { prompt: costOf("prompt"), refinement: costOf("refinement"), variant: costOf("variant") };
}

/** For a machine without a history. */
export const publishedCosts: TurnCosts = turnCosts([], []);

function measuredCost(sorted: readonly number[], from: "recipe" | "skill"): TurnCost | undefined {
  const samples = sorted.length;
  if (samples < fewestSamples) return undefined;
  const at = (index: number): number => sorted[index] ?? 0;
  const likely = Math.round((at(Math.floor((samples - 1) / 2)) + at(Math.floor(samples / 2))) / 2);
  return { low: at(Math.ceil(samples / 10) - 1), likely, high: at(samples - 1), from, samples };
}

/** What cost nothing made nothing, and tells nothing of the next turn. */
function creditsOf(wanted: TurnStep["turn"], samples: readonly CostSample[]): number[] {
  return samples
    .flatMap(({ turn, credits }) => (turn === wanted && credits > 0 ? [credits] : []))
    .sort((left, right) => left - right);
}

/** What a job's turns are taken to cost. */
export function costsFor(
  figures: readonly RecipeFigures[],
  { recipe, skill }: Pick<PlannedJob, "recipe" | "skill">,
): TurnCosts {
  return figures.find((one) => one.recipe === recipe && one.skill === skill.name)?.turns ?? publishedCosts;
}
