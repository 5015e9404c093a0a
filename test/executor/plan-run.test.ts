import { describe, expect, test } from "vitest";
import { exportsOf, planFor, planWorld, problemsOf, told, turnsOf } from "../support/plan-for.ts";

const photos = { "photos/1.jpg": "one", "photos/2.jpg": "two", "photos/10.jpg": "ten", "logo.jpg": "logo" };

interface Shape {
  readonly what: string;
  readonly recipe: string;
  readonly jobs: Readonly<Record<string, readonly string[]>>;
}

const shapes: readonly Shape[] = [
  {
    what: "the smallest recipe",
    recipe: "prompts: make a 10-second video of a sunset",
    jobs: { promo: ['"make a 10-second video of a sunset"', "→ out/promo.mp4"] },
  },
  {
    what: "together: assets, inputs in natural order, prompts, refinements, exports",
    recipe: `
assets: [logo.jpg]
inputs: [photos, "https://cdn.test/intro.mp4"]
prompts: ["make it", "longer"]
refinements: [warmer]
export: [{ format: mp4 }, { format: gif, to: "gifs/\${{ job.name }}-\${{ export.index }}.gif" }]`,
    jobs: {
      promo: [
        "↑ logo.jpg",
        "↑ 1.jpg",
        "↑ 2.jpg",
        "↑ 10.jpg",
        "↑ https://cdn.test/intro.mp4",
        '"make it"',
        '"longer"',
        '"warmer"',
        "→ out/promo.mp4",
        "→ gifs/promo-2.gif",
      ],
    },
  },
  {
    what: "variants: each settles, is exported, and builds on the one before",
    recipe: `
prompts: make it
variants: [{ name: wide }, { name: tall, prompt: make it 9:16 }]
export: [{ format: mp4 }, { format: gif }]`,
    jobs: {
      promo: [
        '"make it"',
        "→ out/promo-wide.mp4",
        "→ out/promo-wide.gif",
        '"make it 9:16"',
        "→ out/promo-tall.mp4",
        "→ out/promo-tall.gif",
      ],
    },
  },
  {
    what: "each: one job for each input, assets go along",
    recipe:
      "batch: each\nassets: logo.jpg\ninputs: photos/*.jpg\nprompts: move ${{ input.stem }} (${{ input.index }}/${{ job.total }})",
    jobs: {
      "promo-1": ["↑ logo.jpg", "↑ 1.jpg", '"move 1 (1/3)"', "→ out/promo-1.mp4"],
      "promo-2": ["↑ logo.jpg", "↑ 2.jpg", '"move 2 (2/3)"', "→ out/promo-2.mp4"],
      "promo-10": ["↑ logo.jpg", "↑ 10.jpg", '"move 10 (3/3)"', "→ out/promo-10.mp4"],
    },
  },
  {
    what: "sequence: one session, input after input, with default names apart",
    recipe:
      "batch: sequence\nassets: logo.jpg\ninputs: photos/*.jpg\nprompts: add ${{ input.name }}\nrefinements: shorter",
    jobs: {
      promo: [
        "↑ logo.jpg",
        ...["1", "2", "10"].flatMap((stem) => [
          `↑ ${stem}.jpg`,
          `"add ${stem}.jpg"`,
          '"shorter"',
          `→ out/promo-${stem}.mp4`,
        ]),
      ],
    },
  },
  {
    what: "an input's own prompts, refinements, export and name",
    recipe: `
batch: each
inputs:
  - { path: photos/1.jpg, name: Sea, prompts: waves, refinements: [slower], export: { format: gif } }
  - photos/2.jpg
prompts: move
refinements: faster`,
    jobs: {
      "promo-sea": ["↑ 1.jpg", '"waves"', '"slower"', "→ out/promo-sea.gif"],
      "promo-2": ["↑ 2.jpg", '"move"', '"faster"', "→ out/promo-2.mp4"],
    },
  },
  {
    what: "rows × matrix, known by name, id and number",
    recipe: `
matrix: { mood: [calm, wild] }
rows: [{ name: Red Mug, id: 7 }, { id: 8 }, { price: 3 }]
prompts: '\${{ matrix.mood }} \${{ row.id | default: "none" }}'`,
    jobs: {
      "promo-red-mug-calm": ['"calm 7"', "→ out/promo-red-mug-calm.mp4"],
      "promo-red-mug-wild": ['"wild 7"', "→ out/promo-red-mug-wild.mp4"],
      "promo-8-calm": ['"calm 8"', "→ out/promo-8-calm.mp4"],
      "promo-8-wild": ['"wild 8"', "→ out/promo-8-wild.mp4"],
      "promo-3-calm": ['"calm none"', "→ out/promo-3-calm.mp4"],
      "promo-3-wild": ['"wild none"', "→ out/promo-3-wild.mp4"],
    },
  },
  {
    what: "equal names are told apart in order",
    recipe:
      'rows: [{ name: a, x: 1 }, { name: A, x: 2 }, { name: "a!", x: 3 }]\nprompts: ${{ row.x }} s of rain',
    jobs: {
      "promo-a": ['"1 s of rain"', "→ out/promo-a.mp4"],
      "promo-a-2": ['"2 s of rain"', "→ out/promo-a-2.mp4"],
      "promo-a-3": ['"3 s of rain"', "→ out/promo-a-3.mp4"],
    },
  },
  {
    what: "an input path from a row is no glob, and may be a URL",
    recipe:
      'rows: [{ name: a, file: "photos/1.jpg" }, { name: b, file: "https://cdn.test/x.mp4?a=(1)" }]\ninputs: [{ path: "${{ row.file }}" }]\nprompts: move ${{ input.name }}',
    jobs: {
      "promo-a": ["↑ 1.jpg", '"move 1.jpg"', "→ out/promo-a.mp4"],
      "promo-b": ["↑ https://cdn.test/x.mp4?a=(1)", '"move x.mp4"', "→ out/promo-b.mp4"],
    },
  },
  {
    what: "text from a row is a part of a name, never a folder",
    recipe:
      'rows: [{ name: "../../etc/passwd", x: ".." }]\nprompts: move\nexport: { to: "out/${{ row.name }}/${{ row.x }}/${{ export.format }}.mp4" }',
    jobs: { "promo-etc-passwd": ['"move"', "→ out/..-..-etc-passwd/--/mp4.mp4"] },
  },
  {
    what: "run, recipe and format in templates",
    recipe:
      'prompts: "${{ recipe.name }} ${{ run.date }} ${{ run.time }} ${{ run.slot }} ${{ run.id }}"\nexport: { format: webm, quality: low, to: "${{ recipe.dir }}/${{ export.format }}/x.${{ export.format }}" }',
    jobs: {
      promo: ['"promo 2026-11-20 09:00 2026-11-20T09:00:00+01:00 run_1"', "→ webm/x.webm"],
    },
  },
];

describe("a recipe becomes jobs", () => {
  test.each(shapes)("$what", async ({ recipe, jobs }) => {
    const plan = await planFor(recipe, planWorld(photos));
    expect(plan.problems).toEqual([]);
    expect(Object.fromEntries(plan.jobs.map(({ job }) => [job.name, told(job)]))).toEqual(jobs);
    expect(plan.jobs.map(({ job }) => job.index)).toEqual(plan.jobs.map((_, index) => index + 1));
    for (const { job } of plan.jobs) expect(job.total).toBe(plan.jobs.length);
  });

  test("checks are filled in: the recipe's and the variant's together", async () => {
    const plan = await planFor(
      `
params: { seconds: 15 }
prompts: make it
refinements: { prompt: cut, unless: { duration: "\${{ params.seconds }}s" }, atMost: 2 }
expect: { duration: "\${{ params.seconds }}s..20s", aspect: "16:9", tracks: { video: 1.. } }
variants: [{ name: wide }, { name: tall, prompt: 9 to 16, expect: { aspect: "9:16", tracks: { audio: 1 } } }]`,
    );
    const job = plan.jobs[0]?.job;
    expect(turnsOf(job)[1]).toMatchObject({ unless: { duration: { min: 15_000, max: 15_000 } }, atMost: 2 });
    const common = { duration: { min: 15_000, max: 20_000 } };
    expect(exportsOf(job).map(({ variant, expect }) => ({ variant, expect }))).toEqual([
      { variant: "wide", expect: { ...common, aspect: "16:9", tracks: { video: { min: 1 } } } },
      {
        variant: "tall",
        expect: { ...common, aspect: "9:16", tracks: { video: { min: 1 }, audio: { min: 1, max: 1 } } },
      },
    ]);
  });

  test("settings, language, skill and folder go into the job", async () => {
    const recipe = "prompts: move\npoll: { state: 3s }\nlanguage: de\nskill: joy-image-to-video";
    const plan = await planFor(recipe, planWorld(), { outDir: "videos" });
    expect(plan.jobs[0]?.job).toMatchObject({
      language: "de",
      skill: { name: "joy-image-to-video", version: "1.0.0" },
      outDir: "/work/videos",
      settings: { poll: { stateMs: 3_000, renderMs: 30_000 }, retry: { attempts: 3 } },
    });
    expect(plan.jobs[0]?.outputs).toEqual(["videos/out/promo.mp4"]);
  });

  test("--input takes the place of inputs, from the working folder", async () => {
    const plan = await planFor("inputs: none.jpg\nprompts: film", planWorld(photos), {
      inputs: ["1.jpg", "https://cdn.test/x.jpg"],
      cwd: "/work/photos",
    });
    expect(plan.problems).toEqual([]);
    expect(plan.jobs.map(({ job }) => told(job))).toEqual([
      ["↑ 1.jpg", "↑ https://cdn.test/x.jpg", '"film"', "→ /work/out/promo.mp4"],
    ]);
  });

  test("several recipes are one plan, with names apart", async () => {
    const plan = await planFor({
      "a.yaml": "name: x\nprompts: one",
      "b.yaml": "name: x\nprompts: two\nconcurrency: 5",
    });
    expect(plan.jobs.map(({ job }) => job.name)).toEqual(["x", "x-2"]);
    expect(plan.recipes).toEqual([
      { name: "x", file: "a.yaml", concurrency: 2 },
      { name: "x", file: "b.yaml", concurrency: 5 },
    ]);
  });

  test("a slot is in the name and in the key", async () => {
    const run = { id: "run_2", startedAtMs: 0, timezone: "Europe/Paris" };
    const [slot, other] = [Date.UTC(2026, 10, 20, 8), Date.UTC(2026, 10, 21, 8)].map(async (slotAtMs) => {
      const plan = await planFor("prompts: news", planWorld(), { run: { ...run, slotAtMs } });
      return plan.jobs[0]?.job;
    });
    expect((await slot)?.name).toBe("promo-2026-11-20-0900");
    expect((await slot)?.paidKey).not.toBe((await other)?.paidKey);
  });
});

describe("the same in, the same out", () => {
  const recipe =
    "matrix: { mood: [calm, wild] }\nbatch: each\ninputs: photos/*.jpg\nprompts: ${{ matrix.mood }}";

  test("two plans are equal to the byte", async () => {
    const [one, two] = [await planFor(recipe, planWorld(photos)), await planFor(recipe, planWorld(photos))];
    expect(JSON.stringify(one)).toBe(JSON.stringify(two));
    expect(one.jobs).toHaveLength(6);
  });

  test("--only and --first choose among the same jobs", async () => {
    const all = await planFor(recipe, planWorld(photos));
    const only = await planFor(recipe, planWorld(photos), { only: ["*-WILD-?"] });
    const first = await planFor(recipe, planWorld(photos), { first: 2 });
    const find = (name: string): unknown => all.jobs.find(({ job }) => job.name === name)?.job;
    expect(only.jobs.map(({ job }) => job.name)).toEqual(["promo-wild-1", "promo-wild-2"]);
    expect(first.jobs.map(({ job }) => job.name)).toEqual(["promo-calm-1", "promo-calm-2"]);
    for (const { job } of [...only.jobs, ...first.jobs]) expect(job).toEqual(find(job.name));
  });

  test("--only that means nothing says what there is", async () => {
    const plan = await planFor(recipe, planWorld(photos), { only: ["reel"] });
    expect(problemsOf(plan)).toEqual(["-: no-job"]);
    expect(plan.problems[0]?.hint).toContain("promo-calm-1");
  });
});

describe("paid keys", () => {
  const keyOf = async (
    recipe: string,
    wishes: Parameters<typeof planFor>[2] = {},
  ): Promise<string | undefined> => {
    const { jobs, problems } = await planFor(recipe, planWorld({ ...photos, "copy.jpg": "one" }), wishes);
    expect(problems).toEqual([]);
    return jobs[0]?.job.paidKey;
  };
  const base = "inputs: photos/1.jpg\nprompts: move\n";

  test.each([
    ["another name of the same bytes", "inputs: copy.jpg\nprompts: move\n", {}],
    ["another export", `${base}export: { format: gif }`, {}],
    [
      "another description, expectation and pace",
      `${base}description: x\nexpect: { duration: 3s.. }\nconcurrency: 1`,
      {},
    ],
    ["a variant without a prompt", `${base}variants: [{ name: wide }]`, {}],
    ["the machine's language", base, { language: "fr" }],
    ["another folder", base, { outDir: "/elsewhere" }],
  ])("are not changed by %s", async (_, recipe, wishes) => {
    expect(await keyOf(recipe, wishes)).toBe(await keyOf(base));
  });

  test.each([
    ["another input", "inputs: photos/2.jpg\nprompts: move\n", {}],
    ["another prompt", "inputs: photos/1.jpg\nprompts: fly\n", {}],
    ["a refinement", `${base}refinements: x`, {}],
    ["an unless", `${base}refinements: { prompt: x, unless: { width: 3 } }`, {}],
    ["a variant with a prompt", `${base}variants: [{ name: wide, prompt: x }]`, {}],
    ["an asset", `${base}assets: logo.jpg`, {}],
    ["another skill", `${base}skill: joy-image-to-video`, {}],
    ["a language that is named", `${base}language: en`, {}],
    ["another account", base, { account: "other" }],
    ["another backend", base, { backend: "local" }],
  ])("are changed by %s", async (_, recipe, wishes) => {
    expect(await keyOf(recipe, wishes)).not.toBe(await keyOf(base));
  });

  test.each([
    ["unless", "{ prompt: x, unless: { width: 3 } }", "{ prompt: x }"],
    ["another unless", "{ prompt: x, unless: { width: 3 } }", "{ prompt: x, unless: { width: 4 } }"],
    [
      "another atMost",
      "{ prompt: x, unless: { width: 3 }, atMost: 2 }",
      "{ prompt: x, unless: { width: 3 } }",
    ],
  ])("are changed by %s of a refinement", async (_, one, other) => {
    expect(await keyOf(`${base}refinements: ${one}`)).not.toBe(await keyOf(`${base}refinements: ${other}`));
  });

  test("equal ones are paid once: the first job makes the outputs of all", async () => {
    const plan = await planFor(
      "rows: [{ name: a }, { name: b }, { name: c }]\nprompts: rain\nvariants: [{ name: wide }, { name: tall, prompt: tall }]",
    );
    expect(plan.jobs.map(({ job }) => told(job))).toEqual([
      [
        '"rain"',
        ...["a", "b", "c"].map((name) => `→ out/promo-${name}-wide.mp4`),
        '"tall"',
        ...["a", "b", "c"].map((name) => `→ out/promo-${name}-tall.mp4`),
      ],
    ]);
    expect(plan.jobs[0]?.job.sameAs).toEqual(["promo-b", "promo-c"]);
    expect(plan.totals).toMatchObject({ jobs: 1, paying: 1, turns: 2, outputs: 6 });
  });
});
