import { describe, expect, test } from "vitest";
import { parseRecipe } from "../../src/recipe/parse-recipe.ts";
import type { ParsedRecipe } from "../../src/recipe/parse-recipe.ts";
import { short } from "./parse.ts";

/** The first text runs; each lies in a folder of its own, `/0`, `/1` … */
function chain(...texts: readonly string[]): ParsedRecipe {
  return parseRecipe(texts.map((text, index) => ({ file: `${index}.yaml`, dir: `/${index}`, text })));
}

const extended = "extends: base.yaml\n";

describe("a recipe is merged over the one it extends", () => {
  test.each([
    [
      "a field that only one has stays",
      "concurrency: 3",
      "prompts: a",
      { concurrency: 3, prompts: [{ prompt: "a" }] },
    ],
    ["a value is replaced", "language: de", "prompts: a\nlanguage: en", { language: "de" }],
    [
      "maps are merged deeply",
      "expect: { tracks: { audio: 2 }, title: x }",
      "prompts: a\nexpect: { tracks: { video: 1, audio: 1 }, duration: 5s }",
      {
        expect: {
          tracks: { video: { min: 1, max: 1 }, audio: { min: 2, max: 2 } },
          title: "x",
          duration: { min: 5000, max: 5000 },
        },
      },
    ],
    ["lists are replaced", "prompts: [b]", "prompts:\n  - a\n  - c", { prompts: [{ prompt: "b" }] }],
    ["an empty list takes away", "assets: []", "prompts: a\nassets: logo.png", { assets: [] }],
    [
      "`...` stands for the extended list",
      "prompts:\n  - first\n  - ...\n  - last",
      "prompts:\n  - a\n  - b",
      { prompts: [{ prompt: "first" }, { prompt: "a" }, { prompt: "b" }, { prompt: "last" }] },
    ],
    [
      "`...` stands for one value too",
      "prompts:\n  - ...\n  - b",
      "prompts: a",
      { prompts: [{ prompt: "a" }, { prompt: "b" }] },
    ],
    [
      "`...` alone is the list",
      "prompts: ...",
      "prompts:\n  - a\n  - b",
      { prompts: [{ prompt: "a" }, { prompt: "b" }] },
    ],
    [
      "`...` works in a map",
      "matrix: { v: [..., 3] }",
      "prompts: a\nmatrix: { v: [1, 2] }",
      { matrix: { v: [1, 2, 3] } },
    ],
    [
      "a parameter's default is replaced, its bounds stay",
      "params: { n: 7 }",
      "prompts: a\nparams: { n: { type: integer, default: 5, max: 9 }, m: x }",
      { params: { n: { type: "integer", default: 7, max: 9 }, m: { default: "x" } } },
    ],
    [
      "a short parameter is completed",
      "params: { n: { max: 9 } }",
      "prompts: a\nparams: { n: 5 }",
      { params: { n: { default: 5, max: 9 } } },
    ],
    [
      "a budget keeps its other limits",
      "budget: 5",
      "prompts: a\nbudget: { perDay: 9 }",
      { budget: { perRun: 5, perDay: 9 } },
    ],
    [
      "one export replaces a list",
      "export: { format: gif }",
      "prompts: a\nexport: [{ quality: low }]",
      { export: [{ format: "gif", quality: "high" }] },
    ],
  ])("%s", (_what, own, base, becomes) => {
    const { recipe, problems } = chain(extended + own, base);
    expect(problems).toEqual([]);
    expect(recipe).toMatchObject(becomes);
  });

  test("three recipes in a chain", () => {
    const { recipe } = chain(`${extended}prompts: [..., c]`, `${extended}prompts: [..., b]`, "prompts: a");
    expect(recipe?.prompts.map(({ prompt, place }) => [prompt, place.file])).toEqual([
      ["a", "2.yaml"],
      ["b", "1.yaml"],
      ["c", "0.yaml"],
    ]);
  });

  test("inputs keep to the folder they are written in, outputs to that of the recipe that runs", () => {
    const { recipe } = chain(
      `${extended}inputs: [..., own.jpg]\nrows: a.csv`,
      "prompts: a\ninputs: base.jpg\nassets: logo.png\nexport: { to: out/a.mp4 }",
    );
    expect(recipe?.inputs.map(({ path, dir }) => [path, dir])).toEqual([
      ["base.jpg", "/1"],
      ["own.jpg", "/0"],
    ]);
    expect(recipe?.assets[0]?.dir).toBe("/1");
    expect(recipe?.rows).toMatchObject({ path: "a.csv", dir: "/0" });
    expect(recipe?.dir).toBe("/0");
    expect(chain(extended, "prompts: a\nrows: a.csv").recipe?.rows).toMatchObject({ dir: "/1" });
  });

  test("a recipe has its own name, whatever it extends", () => {
    expect(chain(extended, "name: base\nprompts: a").recipe?.name).toBe("0");
    expect(chain(`${extended}name: own`, "name: base\nprompts: a").recipe?.name).toBe("own");
  });
});

test("a mistake in an extended recipe is shown there", () => {
  const { problems } = chain(`${extended}concurrency: x`, "prompts: make it #1\nbudgte: 3");
  expect(problems.map((problem) => `${problem.place?.file}:${short(problem)}`)).toEqual([
    "0.yaml:2:14 bad-value",
    "1.yaml:1:18 yaml-comment-in-text",
    "1.yaml:2:1 unknown-key",
  ]);
});

test("what is replaced is not looked at", () => {
  expect(chain(`${extended}prompts: fine`, "prompts: make it #1").problems).toEqual([]);
});

test.each([["prompts: [...]"], [`${extended}assets: [...]\nprompts: a`]])(
  "`...` without a list to stand for: %j",
  (own) => {
    const { problems } = chain(own, ...(own.startsWith("extends") ? ["prompts: b"] : []));
    expect(problems.map(({ code }) => code)).toContain("nothing-extended");
  },
);

test("`...` in quotes is text", () => {
  expect(chain('prompts: ["..."]').recipe?.prompts[0]?.prompt).toBe("...");
});

test("names in an extended recipe may be declared by the recipe that runs", () => {
  expect(chain(`${extended}params: { n: 5 }`, "prompts: a ${{ params.n }}").problems).toEqual([]);
});
