import { canonicalJson } from "../base/json.ts";
import type { Check, Expanded } from "./recipe.ts";
import type { LineExport, LineMedia, LineStep, LineTurn } from "./recipe-line.ts";

/** A turn, and what was uploaded right before it, behind the turns before. */
export interface LineRefinement extends LineTurn {
  readonly inputs: readonly LineMedia[];
}

export interface LineVariant {
  readonly name: string;
  readonly prompt?: string;
  readonly expect?: Expanded<Check>;
}

/** What is said to some inputs, and made of it. */
export interface LineBlock {
  readonly inputs: readonly LineMedia[];
  readonly prompts: readonly LineTurn[];
  readonly refinements: readonly LineRefinement[];
  /** Those of the first variant, where there are variants. */
  readonly exports: readonly LineExport[];
}

/** A line of steps as the fields of a recipe. */
export interface LineFields extends LineBlock {
  readonly assets: readonly LineMedia[];
  readonly expect?: Expanded<Check>;
  readonly variants: readonly LineVariant[];
  /** Several where one input after the other is uploaded, prompted and exported: the fields above are then empty. */
  readonly sequence: readonly LineBlock[];
  /** False where a recipe cannot say all of the line: what it says then makes something else. */
  readonly isWhole: boolean;
}

/** Sorts a line into a recipe's fields: what comes before the first turn is input, later turns are refinements. */
export function fieldsOfLine(line: readonly LineStep[]): LineFields {
  const assets = line.flatMap((step) => (step.kind === "upload" && step.asset ? [step.media] : []));
  const rest = line.filter((step) => step.kind !== "upload" || !step.asset);
  const blocks = isSequence(rest) ? blocksOf(rest) : [];
  if (blocks.length > 1) {
    const isWhole =
      blocks.every(
        (block) => block.inputs.length === 1 && block.prompts.length > 0 && block.exports.length > 0,
      ) &&
      !rest.some(
        (step) => step.kind === "export" && (step.variant !== undefined || step.expect !== undefined),
      );
    const none = { inputs: [], prompts: [], refinements: [], exports: [], variants: [] };
    return { ...none, assets, sequence: blocks, isWhole };
  }
  const variants = variantsOf(rest);
  const block = blockOf(rest.filter((step) => step.kind !== "turn" || step.turn !== "variant"));
  const first = variants[0]?.name;
  const exports = block.exports.filter(({ variant }) => variant === first);
  const expect = variants.length === 0 ? exports[0]?.expect : undefined;
  return {
    ...block,
    exports,
    assets,
    variants,
    sequence: [],
    ...(expect !== undefined && { expect }),
    isWhole: lastTurnIsLast(rest, variants) && isSameForAll(block.exports, variants, exports),
  };
}

/** True where a prompt follows what was uploaded behind a turn: refinements bring their own files, prompts do not. */
function isSequence(line: readonly LineStep[]): boolean {
  const firstTurn = line.findIndex(({ kind }) => kind === "turn");
  const late = line.findIndex(
    ({ kind }, index) => kind === "upload" && index > firstTurn && firstTurn !== -1,
  );
  return late !== -1 && line.slice(late).some((step) => step.kind === "turn" && step.turn === "prompt");
}

function blocksOf(line: readonly LineStep[]): LineBlock[] {
  const starts = line.flatMap(({ kind }, index) => (kind === "upload" ? [index] : []));
  return starts.map((start, index) => blockOf(line.slice(start, starts[index + 1])));
}

function blockOf(line: readonly LineStep[]): LineBlock {
  const inputs: LineMedia[] = [];
  const prompts: LineTurn[] = [];
  const refinements: LineRefinement[] = [];
  const exports: LineExport[] = [];
  let late: LineMedia[] = [];
  for (const step of line) {
    if (step.kind === "export") exports.push(step);
    else if (step.kind === "upload") (prompts.length === 0 ? inputs : late).push(step.media);
    else if (step.turn === "prompt") prompts.push(step);
    else {
      refinements.push({ ...step, inputs: late });
      late = [];
    }
  }
  return { inputs, prompts, refinements, exports };
}

/** By the names of their exports, in order: a variant without a prompt has nothing else. */
function variantsOf(line: readonly LineStep[]): LineVariant[] {
  const variants = new Map<string, LineVariant>();
  for (const step of line) {
    const isTurn = step.kind === "turn" && step.turn === "variant";
    const name = isTurn ? step.name : step.kind === "export" ? step.variant : undefined;
    if (name === undefined) continue;
    const expect = step.kind === "export" ? step.expect : undefined;
    variants.set(name, {
      ...variants.get(name),
      name,
      ...(isTurn && { prompt: step.prompt }),
      ...(expect !== undefined && { expect }),
    });
  }
  return [...variants.values()];
}

/** A recipe exports behind all its turns, unless they are variants. */
function lastTurnIsLast(line: readonly LineStep[], variants: readonly LineVariant[]): boolean {
  if (variants.length > 0) return true;
  const firstExport = line.findIndex(({ kind }) => kind === "export");
  return firstExport === -1 || line.slice(firstExport).every(({ kind }) => kind === "export");
}

/** Every variant is exported in the same formats, and its file differs by its name alone. */
function isSameForAll(
  all: readonly LineExport[],
  variants: readonly LineVariant[],
  first: readonly LineExport[],
): boolean {
  const [sample] = variants;
  const shape = (exports: readonly LineExport[], name: string, as: string): string =>
    canonicalJson(exports.map(({ format, quality, path }) => [format, quality, path.replaceAll(name, as)]));
  if (sample === undefined) return new Set(all.map(({ expect }) => canonicalJson(expect ?? null))).size <= 1;
  return variants.every(
    ({ name }) =>
      shape(first, sample.name, name) ===
      shape(
        all.filter(({ variant }) => variant === name),
        name,
        name,
      ),
  );
}
