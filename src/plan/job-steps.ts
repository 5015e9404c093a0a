import type { Variant } from "../recipe/recipe.ts";
import { expandValue } from "./expand.ts";
import type { ExportPlace } from "./export-place.ts";
import { jobBlocks, type JobBlock } from "./job-blocks.ts";
import type { JobInputs } from "./job-inputs.ts";
import { outputStep, previewOf } from "./output-steps.ts";
import type { PlanContext } from "./plan-context.ts";
import type { FixedCheck, Step } from "./planned-job.ts";
import { stepLine, type StepLine } from "./step-line.ts";
import type { TemplateScope } from "./template-scope.ts";

export interface JobSteps {
  readonly steps: readonly Step[];
  readonly baseKey: string;
  readonly paidKey: string;
  readonly places: readonly ExportPlace[];
}

interface Work {
  readonly context: PlanContext;
  readonly line: StepLine;
  readonly places: ExportPlace[];
  readonly late: JobInputs["late"];
}

/**
 * The line of steps that a job is: what is uploaded, said and exported, in order, each with its key in the chain.
 * A template that has no value is a problem of the context, and its step is left out.
 */
export function jobSteps(
  context: PlanContext,
  { inputs, scope, start }: { inputs: JobInputs; scope: TemplateScope; start: string },
): JobSteps {
  const work: Work = { context, line: stepLine(start, context.hash), places: [], late: inputs.late };
  for (const asset of inputs.assets) work.line.upload(asset.media, true);
  for (const block of jobBlocks(context, inputs.inputs, scope)) {
    for (const input of block.uploads) work.line.upload(input.media, false);
    sendTurns(work, block);
    if (context.recipe.variants.length === 0) exportDraft(work, block, { expect: expectOf(work, block) });
    for (const variant of context.recipe.variants) makeVariant(work, block, variant);
  }
  return { ...work.line.done(), places: work.places.slice() };
}

function sendTurns({ context, line, late }: Work, block: JobBlock): void {
  const where = { scope: block.scope, problems: context.problems };
  for (const { prompt, name } of expandValue(block.prompts, where) ?? []) {
    line.turn({ turn: "prompt", prompt, ...(name !== undefined && { name }), atMost: 1 });
  }
  for (const declared of block.refinements) {
    const { inputs = [], ...turn } = declared;
    // One that brings nothing is handed on as it is: what is known of its templates is kept with it.
    const refinement = expandValue(inputs.length === 0 ? declared : turn, where);
    if (refinement === undefined) continue;
    for (const { media } of inputs.flatMap((source) => late.get(source) ?? [])) line.upload(media, false);
    const { prompt, name, unless, atMost } = refinement;
    const optional = { ...(name !== undefined && { name }), ...(unless !== undefined && { unless }) };
    line.turn({ turn: "refinement", prompt, ...optional, atMost });
  }
}

/** One more turn where the variant has a prompt, on top of all before it, and the exports of what it leads to. */
function makeVariant(work: Work, block: JobBlock, declared: Variant): void {
  const { problems } = work.context;
  const name = expandValue(declared.name, { scope: block.scope, problems });
  if (name === undefined) return;
  const scope = { ...block.scope, variant: { name } };
  const variant = expandValue(declared, { scope, problems });
  if (variant === undefined) return;
  const { prompt } = variant;
  if (prompt !== undefined) work.line.turn({ turn: "variant", prompt, name, atMost: 1 });
  const expect = mergeChecks(expectOf(work, block), variant.expect);
  exportDraft(work, { ...block, scope, name: `${block.name}-${name}` }, { expect, variant: name });
}

function exportDraft(
  { context, line, places }: Work,
  block: JobBlock,
  { expect, variant }: { readonly expect: FixedCheck | undefined; readonly variant?: string },
): void {
  const draft = {
    draftKey: line.head,
    scope: block.scope,
    name: block.name,
    ...(variant !== undefined && { variant }),
    ...(expect !== undefined && { expect }),
  };
  const outputs = block.exports.flatMap(
    (declared, index) => outputStep(context, { declared, index: index + 1 }, draft) ?? [],
  );
  const [first] = outputs;
  const isShown = context.recipe.preview || context.recipe.review !== undefined;
  const previews = isShown && first !== undefined ? [previewOf(first, context)] : [];
  for (const { step, place } of [...previews, ...outputs]) {
    line.export(step);
    places.push({ key: step.key, place });
  }
}

function expectOf({ context }: Work, { scope }: JobBlock): FixedCheck | undefined {
  const { recipe, problems } = context;
  return recipe.expect === undefined ? undefined : expandValue(recipe.expect, { scope, problems });
}

/** What a variant expects stands beside what the recipe expects, and above it where both speak of the same. */
function mergeChecks(
  recipe: FixedCheck | undefined,
  variant: FixedCheck | undefined,
): FixedCheck | undefined {
  if (recipe === undefined || variant === undefined) return variant ?? recipe;
  const tracks = recipe.tracks || variant.tracks ? { ...recipe.tracks, ...variant.tracks } : undefined;
  return { ...recipe, ...variant, ...(tracks && { tracks }) };
}
