import type { LineExport, LineMedia, LineTurn } from "./recipe-line.ts";
import type { LineFields, LineRefinement } from "./fields-of-line.ts";
import { offerParams, type WithParams } from "./offer-params.ts";
import type { Skill } from "./recipe.ts";
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
  /** How the recipe writes an absolute path: from its own folder where that is possible. */
  readonly shown: (path: string) => string;
  /** The same for a file that it makes; undefined where a recipe of this folder cannot make it there. */
  readonly shownOutput: (path: string) => string | undefined;
  readonly knownSkills: Readonly<Record<string, string>>;
}

/** A recipe as YAML, as a person would write it: what is the default is left out, what repeats is a parameter. */
export function writeRecipe(sheet: RecipeSheet): string {
  const { fields } = sheet;
  const offered = offerParams([...fields.prompts, ...fields.refinements].map(({ prompt }) => prompt));
  const blocks = [
    sheet.comments.map((line) => (line === "" ? "#" : `# ${line}`)),
    headLines(sheet),
    paramLines(offered),
    listLines(
      "assets",
      fields.assets.map((media) => mediaText(media, sheet)),
    ),
    listLines(
      "inputs",
      fields.inputs.map((media) => mediaText(media, sheet)),
    ),
    listLines(
      "prompts",
      fields.prompts.map((turn) => turnText(turn, offered)),
    ),
    listLines(
      "refinements",
      fields.refinements.map((turn) => refinementText(turn, offered)),
    ),
    exportLines(fields.exports, sheet),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function headLines({ name, skill, language, knownSkills }: RecipeSheet): string[] {
  const isKnown = knownSkills[skill.name] === skill.version;
  const shownSkill = isKnown
    ? skill.name
    : `{ name: ${yamlText(skill.name, 0)}, version: ${JSON.stringify(skill.version)} }`;
  return [
    `name: ${yamlText(name, 0)}`,
    `skill: ${shownSkill}`,
    ...(language === undefined ? [] : [`language: ${yamlText(language, 0)}`]),
  ];
}

function paramLines({ params }: WithParams): string[] {
  if (params.length === 0) return [];
  const lines = params.map(({ name, value, count }) => {
    const type = typeof value === "number" ? (Number.isInteger(value) ? "integer" : "number") : "string";
    const shown = typeof value === "number" ? String(value) : JSON.stringify(literalText(value));
    return `  ${name}: { type: ${type}, default: ${shown} } # said ${count} times`;
  });
  return ["params:", ...lines];
}

function listLines(field: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${field}:`, ...items.map((item) => `  - ${item}`)];
}

function mediaText(media: LineMedia, { shown }: Pick<RecipeSheet, "shown">): string {
  return media.kind === "file"
    ? yamlText(literalText(shown(media.path)), 4)
    : `url: ${yamlText(literalText(media.url), 4)}`;
}

function turnText({ prompt, name }: LineTurn, { templated }: WithParams): string {
  if (name === undefined) return yamlText(templated(prompt), 4);
  return [`prompt: ${yamlText(templated(prompt), 6)}`, `    name: ${yamlText(literalText(name), 6)}`].join(
    "\n",
  );
}

function refinementText(turn: LineRefinement, offered: WithParams): string {
  return turnText(turn, offered);
}

function exportLines(exports: readonly LineExport[], { shownOutput }: RecipeSheet): string[] {
  if (exports.length === 0) return ["# Not exported yet: a run exports it as mp4, at no cost."];
  const items = exports.map(({ format, quality, path }) => {
    const to = shownOutput(path);
    return `{ format: ${format}, quality: ${quality}${to === undefined ? "" : `, to: ${JSON.stringify(literalText(to))}`} }`;
  });
  return listLines("export", items);
}
