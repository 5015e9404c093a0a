import { expect, test } from "vitest";
import { expandTemplates } from "../../src/recipe/expand-templates.ts";
import { recipeOf } from "./parse.ts";

const recipe = recipeOf(`
params: { n: 15, tone: calm }
prompts: make ${"${{ params.tone }}"}
refinements: { prompt: trim, unless: { duration: "\${{ params.n }}s", tracks: { video: 1.. } } }
export: { format: gif }
`);

test("every template in a tree is replaced, and nothing else", () => {
  const { value, problems } = expandTemplates(recipe.refinements, { params: { n: 15 } });
  expect(problems).toEqual([]);
  const place = recipe.refinements[0]?.place;
  expect(value).toEqual([
    {
      prompt: "trim",
      atMost: 1,
      unless: { duration: { min: 15_000, max: 15_000 }, tracks: { video: { min: 1 } } },
      place,
    },
  ]);
});

test("what holds no template is handed on as it is", () => {
  expect(expandTemplates(recipe.export, {}).value).toBe(recipe.export);
  expect(expandTemplates("text", {}).value).toBe("text");
  expect(expandTemplates(undefined, {}).value).toBe(undefined);
  const first = expandTemplates(recipe.refinements, { params: { n: 1 } }).value[0];
  const second = expandTemplates(recipe.refinements, { params: { n: 2 } }).value[0];
  expect(first?.unless?.tracks).toBe(second?.unless?.tracks);
  expect([first?.unless?.duration, second?.unless?.duration]).toEqual([
    { min: 1000, max: 1000 },
    { min: 2000, max: 2000 },
  ]);
});

test("all templates without a value are told", () => {
  const { problems } = expandTemplates([recipe.prompts, recipe.refinements], { params: {} });
  expect(problems.map(({ message }) => message)).toEqual([
    "`params.tone` has no value here",
    "`params.n` has no value here",
  ]);
});

test("a row that looks like a template stays a row", () => {
  const row = { template: "${{ x }}", as: "text", place: "here" };
  expect(expandTemplates({ row }, {}).value).toEqual({ row });
});
