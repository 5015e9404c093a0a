import { formatDuration } from "../base/duration.ts";
import { checkText } from "./check-text.ts";
import type { LineBlock, LineFields, LineRefinement } from "./fields-of-line.ts";
import { offerParams, type WithParams } from "./offer-params.ts";
import type { ReviewRule, Skill } from "./recipe.ts";
import type { LineExport, LineMedia, LineTurn } from "./recipe-line.ts";
import { literalText, yamlText } from "./yaml-text.ts";

/** What a recipe's file is written from. */
export interface RecipeSheet {
  /** A slug. */
  readonly name: string;
  /** Lines at its head, without `#`. */
  readonly comments: readonly string[];
  readonly skill: Skill;
  /** Only where the recipe names it. */
  readonly language?: string;
  readonly fields: LineFields;
  /** Only where the recipe asks for it. */
  readonly review?: ReviewRule;
  readonly preview?: true;
  /** How the recipe writes an absolute path: from its own folder where that is possible. */
  readonly shown: (path: string) => string;
  /** The same for a file that it makes; undefined where a recipe of this folder cannot make it there. */
  readonly shownOutput: (path: string) => string | undefined;
  readonly knownSkills: Readonly<Record<string, string>>;
}

interface Writing {
  readonly sheet: RecipeSheet;
  readonly offered: WithParams;
}

/** A recipe as YAML, as a person would write it: what is the default is left out, what repeats is a parameter. */
export function writeRecipe(sheet: RecipeSheet): string {
  const { fields } = sheet;
  const writing: Writing = { sheet, offered: offerParams(textsOf(fields)) };
  const blocks = [
    sheet.comments.map((line) => (line === "" ? "#" : `# ${line}`)),
    headLines(sheet),
    paramLines(writing),
    list(
      "assets",
      fields.assets.map((media) => mediaText(media, sheet)),
    ),
    ...(fields.sequence.length > 0 ? sequenceBlocks(writing) : blockLines(fields, writing)),
    fields.expect === undefined ? [] : [`expect: ${checkText(fields.expect)}`],
    list(
      "variants",
      fields.variants.map((variant) => variantText(variant, writing)),
    ),
    fields.sequence.length > 0 ? [] : exportLines(fields, sheet),
    lookLines(sheet),
  ];
  const shown = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${shown.join("\n\n").replace(/ +$/gm, "")}\n`;
}

function textsOf({ prompts, refinements, variants, sequence }: LineFields): string[] {
  const turns = [
    ...prompts,
    ...refinements,
    ...sequence.flatMap((block) => [...block.prompts, ...block.refinements]),
  ];
  return [...turns.map(({ prompt }) => prompt), ...variants.flatMap(({ prompt }) => prompt ?? [])];
}

function headLines({ name, skill, language, knownSkills }: RecipeSheet): string[] {
  const isKnown = knownSkills[skill.name] === skill.version;
  const whole = `{ name: ${yamlText(skill.name, 0)}, version: ${JSON.stringify(skill.version)} }`;
  return [
    `name: ${yamlText(name, 0)}`,
    `skill: ${isKnown ? skill.name : whole}`,
    ...(language === undefined ? [] : [`language: ${yamlText(language, 0)}`]),
  ];
}

function paramLines({ offered: { params } }: Writing): string[] {
  if (params.length === 0) return [];
  const lines = params.map(({ name, value, count }) => {
    const type = typeof value === "string" ? "string" : Number.isInteger(value) ? "integer" : "number";
    return `  ${name}: { type: ${type}, default: ${JSON.stringify(value)} } # said ${count} times`;
  });
  return ["params:", ...lines];
}

/** `field:` and its items; lines of an item are indented by two from it. */
function list(field: string, items: readonly string[]): string[] {
  return items.length === 0
    ? []
    : [`${field}:`, ...items.map((item) => `  - ${item.replaceAll("\n", "\n    ")}`)];
}

function blockLines({ inputs, prompts, refinements }: LineBlock, writing: Writing): string[][] {
  return [
    list(
      "inputs",
      inputs.map((media) => mediaText(media, writing.sheet)),
    ),
    list(
      "prompts",
      prompts.map((turn) => turnText(turn, writing)),
    ),
    list(
      "refinements",
      refinements.map((turn) => refinementText(turn, writing)),
    ),
  ];
}

/** Each input with what was said to it. */
function sequenceBlocks(writing: Writing): string[][] {
  const items = writing.sheet.fields.sequence.map((block) => {
    const [media] = block.inputs;
    const where =
      media === undefined
        ? []
        : [
            media.kind === "file"
              ? `path: ${mediaText(media, writing.sheet)}`
              : mediaText(media, writing.sheet),
          ];
    const [, prompts = [], refinements = []] = blockLines(block, writing);
    return [...where, ...prompts, ...refinements, ...exportLines(block, writing.sheet)].join("\n");
  });
  return [["batch: sequence"], list("inputs", items)];
}

function mediaText(media: LineMedia, { shown }: RecipeSheet): string {
  return media.kind === "file"
    ? yamlText(literalText(shown(media.path)), 2)
    : `url: ${yamlText(literalText(media.url), 2)}`;
}

function turnText({ prompt, name }: LineTurn, { offered }: Writing): string {
  const text = yamlText(offered.templated(prompt), name === undefined ? 0 : 2);
  return name === undefined ? text : `prompt: ${text}\nname: ${yamlText(literalText(name), 2)}`;
}

function refinementText(turn: LineRefinement, writing: Writing): string {
  const { prompt, name, inputs, unless, atMost } = turn;
  if (inputs.length === 0 && unless === undefined) return turnText(turn, writing);
  return [
    `prompt: ${yamlText(writing.offered.templated(prompt), 2)}`,
    ...(name === undefined ? [] : [`name: ${yamlText(literalText(name), 2)}`]),
    ...(unless === undefined ? [] : [`unless: ${checkText(unless)}`]),
    ...(atMost === 1 ? [] : [`atMost: ${atMost}`]),
    ...list(
      "inputs",
      inputs.map((media) => mediaText(media, writing.sheet)),
    ),
  ].join("\n");
}

function variantText({ name, prompt, expect }: LineFields["variants"][number], { offered }: Writing): string {
  return [
    `name: ${yamlText(literalText(name), 2)}`,
    ...(prompt === undefined ? [] : [`prompt: ${yamlText(offered.templated(prompt), 2)}`]),
    ...(expect === undefined ? [] : [`expect: ${checkText(expect)}`]),
  ].join("\n");
}

function exportLines({ exports }: LineBlock, { shownOutput }: RecipeSheet): string[] {
  if (exports.length === 0) return ["# Not exported yet: a run exports it as mp4, at no cost."];
  return list(
    "export",
    exports.map((one) => exportText(one, shownOutput(one.path))),
  );
}

/** What is looked at before it is exported. */
function lookLines({ review, preview }: RecipeSheet): string[] {
  return [
    ...(review === undefined ? [] : [`review: ${reviewText(review)}`]),
    ...(preview === true ? ["preview: true"] : []),
  ];
}

function reviewText({ deadlineMs, atDeadline }: ReviewRule): string {
  return deadlineMs === undefined
    ? "true"
    : `{ deadline: ${formatDuration(deadlineMs)}, then: ${atDeadline} }`;
}

/** A file of a variant bears its name. */
function exportText({ format, quality, variant }: LineExport, to: string | undefined): string {
  const literal = to === undefined ? undefined : literalText(to);
  const shown = variant === undefined ? literal : literal?.replaceAll(variant, "${{ variant.name }}");
  return `{ format: ${format}, quality: ${quality}${shown === undefined ? "" : `, to: ${JSON.stringify(shown)}`} }`;
}
