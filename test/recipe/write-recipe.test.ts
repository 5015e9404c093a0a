// A recipe that was written from a line of steps is planned as that line again: so its keys are the same, and a run of
// it is up to date.
import { describe, expect, test } from "vitest";
import { lineOfJob } from "../../src/plan/line-of-job.ts";
import type { PlannedJob } from "../../src/plan/planned-job.ts";
import { fieldsOfLine } from "../../src/recipe/fields-of-line.ts";
import { knownSkills } from "../../src/recipe/known-skills.ts";
import { parseRecipe } from "../../src/recipe/parse-recipe.ts";
import type { LineStep } from "../../src/recipe/recipe-line.ts";
import { writeRecipe } from "../../src/recipe/write-recipe.ts";
import { lineStep as step } from "../support/line-steps.ts";
import { planFor, planWorld } from "../support/plan-for.ts";
import { seededRandom } from "../support/seeded-random.ts";

const photos = { "a.jpg": "a", "photos/b.jpg": "b", "c d.jpg": "c", "it's #1.jpg": "1", "x[1].jpg": "x" };

function written(line: readonly LineStep[], language?: string): string {
  const fields = fieldsOfLine(line);
  expect(fields.isWhole).toBe(true);
  return writeRecipe({
    name: "promo",
    comments: ["kept"],
    skill: { name: "image-video", version: "1.0.0" },
    ...(language !== undefined && { language }),
    fields,
    shown: (path) => path.replace("/work/", ""),
    shownOutput: (path) => path.replace("/work/", ""),
    knownSkills,
  });
}

async function planned(text: string): Promise<PlannedJob> {
  const plan = await planFor(text, planWorld(photos));
  expect(plan.problems.map(({ message, hint }) => `${message} ${hint}`)).toEqual([]);
  expect(plan.jobs).toHaveLength(1);
  return plan.jobs[0]!.job;
}

const one = [step.prompt("make a 10-second video of a sunset"), step.export("/work/out/promo.mp4")];

describe("a written recipe is planned as the line that it was written from", () => {
  test.each<[string, readonly LineStep[]]>([
    ["one request", one],
    [
      "files first",
      [
        step.file("/work/a.jpg"),
        step.file("/work/photos/b.jpg"),
        step.url("https://x.test/a.mp4?b=c&d"),
        ...one,
      ],
    ],
    [
      "names that YAML and globs read otherwise",
      [step.file("/work/c d.jpg"), step.file("/work/it's #1.jpg"), step.file("/work/x[1].jpg"), ...one],
    ],
    [
      "refinements",
      [
        step.prompt("a video"),
        step.refine("make it red"),
        step.refine("no music"),
        step.export("/work/out/promo.gif", "gif"),
        step.export("/work/out/promo-2.mp4"),
      ],
    ],
    [
      "files in the middle",
      [
        step.file("/work/a.jpg"),
        step.prompt("a video"),
        step.refine("warmer"),
        step.file("/work/photos/b.jpg"),
        step.url("https://x.test/logo.png"),
        step.refine("put these at the end"),
        step.export("/work/out/promo.mp4"),
      ],
    ],
    [
      "a file that comes before nothing but text",
      [
        step.prompt("a video"),
        step.file("/work/a.jpg"),
        step.refine("put it first"),
        step.export("/work/out/promo.mp4"),
      ],
    ],
    [
      "texts that YAML would alter",
      [
        step.prompt("make it #1: the best"),
        ...[
          "yes",
          "2026",
          "- a list",
          "[a, b]",
          "null",
          "key: value",
          "  padded  ".trim(),
          '"quoted" all',
          "'single'",
          "ends with:",
          "a # b",
          "{ a }",
          "@here",
          "%TAG",
          "tab\there",
          "...",
          "~",
          "0x1F",
          "1e3",
          "*bold*",
          "&and",
          "!important",
          "> quote",
          "| pipe",
          "? what",
          "`code`",
          "emoji 🎬 é 你好",
          "back\\slash",
          "C:\\new",
        ].map(step.refine),
        step.export("/work/out/promo.mp4"),
      ],
    ],
    [
      "texts of several lines",
      [
        step.prompt("first line\nsecond line\n\nafter a gap"),
        step.refine("a\n  indented\nb"),
        step.refine("# not a comment\nb"),
        step.refine("ends\n"),
        step.export("/work/out/promo.mp4"),
      ],
    ],
    [
      "what would be a template",
      [
        step.prompt("write ${{ params.x }} in the title"),
        step.refine("and ${{ env.HOME }} ${{"),
        step.export("/work/out/promo.mp4"),
      ],
    ],
    [
      "what repeats",
      [
        step.prompt('make a 15-second promo for Blue Mug, titled "Spring Sale"'),
        step.refine('show the title "Spring Sale" for 3 seconds'),
        step.refine("trim it to 15 seconds"),
        step.refine("say Blue Mug twice: Blue Mug"),
        step.export("/work/out/promo.mp4"),
      ],
    ],
    [
      "Chinese that repeats",
      [
        step.prompt("做一个15秒的视频，标题“春天”"),
        step.refine("标题“春天”显示3秒，总长15秒"),
        step.export("/work/out/promo.mp4"),
      ],
    ],
    ["nothing exported", [step.prompt("a video")]],
  ])("%s", async (_, line) => {
    const { steps } = await planned(written(line));
    const exports = line.some(({ kind }) => kind === "export") ? 0 : 1;
    expect(lineOfJob({ steps: steps.slice(0, steps.length - exports) })).toEqual(line);
  });

  test("names and numbers that were said more than once are parameters", () => {
    const text = written([
      step.prompt('a 15-second promo titled "Spring Sale"'),
      step.refine('show "Spring Sale" for 15 seconds'),
      step.refine("make it 5 seconds"),
    ]);
    expect(text).toContain('params:\n  title: { type: string, default: "Spring Sale" } # said 2 times\n');
    expect(text).not.toContain('"Sale"');
    expect(text).toContain("  seconds: { type: integer, default: 15 } # said 2 times\n");
    expect(text).toContain('show "${{ params.title }}" for ${{ params.seconds }} seconds');
    expect(text).toContain("make it 5 seconds");
  });

  test.each<{ said: readonly string[]; has: RegExp }>([
    { said: ['add "Spring Sale" as the headline', 'make "Spring Sale" bigger'], has: /^ {2}headline: / },
    { said: ['write "Hello"', 'the title "Hello" in red'], has: /^ {2}title: .*"Hello"/m },
    { said: ['write "now on"', 'move "now on" up'], has: /^ {2}text: .*"now on"/m },
    { said: ["标题写“春天”", "“春天”放大一点"], has: /^ {2}title: .*"春天"/m },
    { said: ["a film of our Aurora lamp", "zoom into the Aurora lamp"], has: /^ {2}name: .*"Aurora"/m },
    { said: ['show "logo.png" last', 'make "logo.png" smaller'], has: /^$/ },
    { said: ["cut it for TikTok, then I'll see", "louder BGM for TikTok, and I'll see"], has: /^$/ },
  ])("what repeats in $said", ({ said, has }) => {
    const text = written([step.prompt(said[0] ?? ""), ...said.slice(1).map((one) => step.refine(one))]);
    expect(/^params:\n((?: .*\n)+)/m.exec(text)?.[1] ?? "").toMatch(has);
  });

  test("random texts", async () => {
    const random = seededRandom(6);
    const pieces = [
      " ",
      "\n",
      ":",
      " #",
      "- ",
      '"',
      "'",
      "\\",
      "${{ ",
      "}}",
      "{",
      "]",
      "a",
      "Bee Cee",
      "10 seconds",
      "10 s",
      "“春”",
      "é",
      "🎬",
      "%",
      "!",
      "0",
      ".",
      ",",
      "?",
      "|",
      ">",
    ];
    for (let round = 0; round < 300; round += 1) {
      const text = (): string =>
        Array.from({ length: random.between(1, 9) }, () => random.pick(pieces))
          .join("")
          .trim() || "x";
      const line = [
        step.prompt(text()),
        step.refine(text()),
        step.refine(text()),
        step.export("/work/out/promo.mp4"),
      ];
      const recipe = written(line);
      const { recipe: parsed, problems } = parseRecipe([{ file: "promo.yaml", dir: "/work", text: recipe }]);
      expect(
        problems.filter(({ severity }) => severity === "error"),
        recipe,
      ).toEqual([]);
      expect(parsed).toBeDefined();
      expect(lineOfJob(await planned(recipe)), recipe).toEqual(line);
    }
  });
});

describe("any job can be written as a recipe", () => {
  test.each<[string, string]>([
    [
      "variants",
      "prompts: a video\nrefinements: warmer\nvariants: [{ name: wide }, { name: tall, prompt: make it 9:16 }]\nexport: [{ format: mp4 }, { format: gif }]",
    ],
    [
      "a sequence",
      "batch: sequence\nassets: a.jpg\ninputs: [photos/b.jpg, c d.jpg]\nprompts: turn it into a clip\nrefinements: warmer",
    ],
    [
      "checks",
      'prompts: a video\nrefinements: { prompt: trim it, unless: { duration: 10s..12s, tracks: { audio: "1" }, title: x }, atMost: 2 }\nexpect: { aspect: "9:16", width: "100.." }',
    ],
    [
      "assets, templates, names",
      "params: { n: 3 }\nassets: a.jpg\ninputs: '*.jpg'\nprompts: [{ prompt: 'make ${{ params.n }} seconds', name: first }, more]",
    ],
  ])("%s", async (_, text) => {
    const first = await planned(text);
    const again = await planned(written(lineOfJob(first)));
    expect(again.paidKey).toBe(first.paidKey);
    expect(again.steps.map(({ key }) => key)).toEqual(first.steps.map(({ key }) => key));
    expect(lineOfJob(again)).toEqual(lineOfJob(first));
  });

  test("what a recipe cannot say is not said to be whole", () => {
    const exported = [
      step.prompt("a"),
      step.export("/work/a.mp4"),
      step.refine("b"),
      step.export("/work/b.mp4"),
    ];
    expect(fieldsOfLine(exported).isWhole).toBe(false);
  });
});
