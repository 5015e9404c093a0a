import type { LineExport, LineMedia, LineStep, LineTurn } from "./recipe-line.ts";

/** A turn, and what was uploaded right before it, behind the turns before. */
export interface LineRefinement extends LineTurn {
  readonly inputs: readonly LineMedia[];
}

/** A line of steps as the fields of a recipe. */
export interface LineFields {
  readonly assets: readonly LineMedia[];
  readonly inputs: readonly LineMedia[];
  readonly prompts: readonly LineTurn[];
  readonly refinements: readonly LineRefinement[];
  readonly exports: readonly LineExport[];
}

/** Sorts a line into a recipe's fields: what comes before the first turn is input, later turns are refinements. */
export function fieldsOfLine(line: readonly LineStep[]): LineFields {
  const firstTurn = line.findIndex(({ kind }) => kind === "turn");
  const before = line.slice(0, firstTurn === -1 ? undefined : firstTurn);
  const uploads = before.flatMap((step) => (step.kind === "upload" ? [step] : []));
  const prompts: LineTurn[] = [];
  const refinements: LineRefinement[] = [];
  const exports: LineExport[] = [];
  let inputs: LineMedia[] = [];
  for (const step of line.slice(before.length)) {
    if (step.kind === "export") exports.push(step);
    else if (step.kind === "upload") inputs.push(step.media);
    else if (step.turn === "prompt") prompts.push(step);
    else {
      refinements.push({ ...step, inputs });
      inputs = [];
    }
  }
  return {
    assets: uploads.flatMap(({ asset, media }) => (asset ? [media] : [])),
    inputs: uploads.flatMap(({ asset, media }) => (asset ? [] : [media])),
    prompts,
    refinements,
    exports,
  };
}
