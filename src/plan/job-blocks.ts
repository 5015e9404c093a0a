import type { Export, Prompt, Refinement } from "../recipe/recipe.ts";
import { inputFacts, type FoundInput } from "./input-facts.ts";
import type { PlanContext } from "./plan-context.ts";
import type { TemplateScope } from "./template-scope.ts";

/** What is uploaded together, and then prompted, refined and exported. */
export interface JobBlock {
  readonly uploads: readonly FoundInput[];
  readonly scope: TemplateScope;
  readonly prompts: readonly Prompt[];
  readonly refinements: readonly Refinement[];
  readonly exports: readonly Export[];
  /** Name of the block's files where `to` is not given. */
  readonly name: string;
}

/** A job's blocks in order: one with all inputs; in `each` and `sequence` one for each input, with its own wishes. */
export function* jobBlocks(
  context: PlanContext,
  inputs: readonly FoundInput[],
  scope: TemplateScope,
): Generator<JobBlock> {
  const { prompts, refinements, export: exports, batch, name: recipeName } = context.recipe;
  const name = scope.job?.name ?? recipeName;
  const only = inputs.length === 1 ? inputs[0] : undefined;
  if (batch === "together") {
    const inner = only === undefined ? scope : { ...scope, input: inputFacts(only, 1, context) };
    yield { uploads: inputs, scope: inner, prompts, refinements, exports, name };
    return;
  }
  const endings = new Map<string, number>();
  for (const [position, input] of inputs.entries()) {
    const facts = scope.input ?? inputFacts(input, position + 1, context);
    const ending = nextEnding(endings, facts.stem);
    yield {
      uploads: [input],
      scope: { ...scope, input: facts },
      prompts: input.source.prompts ?? prompts,
      refinements: input.source.refinements ?? refinements,
      exports: input.source.export ?? exports,
      name: only === undefined ? `${name}-${ending}` : name,
    };
  }
}

/** `sea` for the first input with that stem, `sea-2` for the second. */
function nextEnding(endings: Map<string, number>, stem: string): string {
  const folded = stem.toLowerCase();
  const number = (endings.get(folded) ?? 0) + 1;
  endings.set(folded, number);
  return number === 1 ? stem : `${stem}-${number}`;
}
