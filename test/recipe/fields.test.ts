import { describe, expect, test } from "vitest";
import { parseRecipe } from "../../src/recipe/parse-recipe.ts";
import { recipeOf } from "./parse.ts";

const anywhere = expect.anything() as unknown;

/** Every field: what is written, and what it becomes. */
const fields: readonly (readonly [yaml: string, becomes: Record<string, unknown>])[] = [
  ["name: spring-promo", { name: "spring-promo" }],
  ["description: A promo", { description: "A promo" }],
  [
    "skill: ai-image-to-video-generator",
    { skill: { name: "ai-image-to-video-generator", version: "1.0.3" } },
  ],
  ['skill: { name: mine, version: "2.1" }', { skill: { name: "mine", version: "2.1" } }],
  ['skill: { name: image-video, version: "9.9.9" }', { skill: { name: "image-video", version: "9.9.9" } }],
  ["language: pt-BR", { language: "pt-BR" }],
  ["env: [TOKEN, OTHER]", { env: ["TOKEN", "OTHER"] }],
  ["env: TOKEN", { env: ["TOKEN"] }],
  [
    "params: { seconds: 15 }",
    { params: { seconds: { type: "number", default: 15, required: false, place: anywhere } } },
  ],
  [
    "params: { loud: true }",
    { params: { loud: { type: "boolean", default: true, required: false, place: anywhere } } },
  ],
  [
    "params: { tone: calm }",
    { params: { tone: { type: "string", default: "calm", required: false, place: anywhere } } },
  ],
  [
    "params: { n: { type: integer, min: 1, max: 9, default: 3, description: How many } }",
    {
      params: {
        n: {
          type: "integer",
          min: 1,
          max: 9,
          default: 3,
          description: "How many",
          required: false,
          place: anywhere,
        },
      },
    },
  ],
  [
    "params: { tone: { enum: [calm, loud], required: true } }",
    { params: { tone: { type: "string", enum: ["calm", "loud"], required: true, place: anywhere } } },
  ],
  [
    "params: { sku: { pattern: '^[A-Z]+$' } }",
    { params: { sku: { type: "string", pattern: "^[A-Z]+$", required: false, place: anywhere } } },
  ],
  ["assets: logo.png", { assets: [{ path: "logo.png", optional: false, dir: "/videos", place: anywhere }] }],
  [
    "inputs: photos/*.jpg",
    { inputs: [{ path: "photos/*.jpg", optional: false, dir: "/videos", place: anywhere }] },
  ],
  [
    "inputs: [a.jpg, 'https://cdn.example.com/b.mp4', { path: C:\\clips, name: clips, optional: true, since: 7d }]",
    {
      inputs: [
        { path: "a.jpg", optional: false, dir: "/videos", place: anywhere },
        { url: "https://cdn.example.com/b.mp4", optional: false, dir: "/videos", place: anywhere },
        {
          path: "C:\\clips",
          name: "clips",
          optional: true,
          since: 604_800_000,
          dir: "/videos",
          place: anywhere,
        },
      ],
    },
  ],
  [
    "inputs: { url: http://x.example/a.jpg, name: first }",
    {
      inputs: [
        { url: "http://x.example/a.jpg", name: "first", optional: false, dir: "/videos", place: anywhere },
      ],
    },
  ],
  [
    "inputs: { path: a, since: last-run }",
    { inputs: [{ path: "a", since: "last-run", optional: false, dir: "/videos", place: anywhere }] },
  ],
  [
    "batch: each\ninputs: { path: a, prompts: one, refinements: [two], export: { format: gif } }",
    {
      batch: "each",
      inputs: [
        {
          path: "a",
          optional: false,
          prompts: [{ prompt: "one", place: anywhere }],
          refinements: [{ prompt: "two", atMost: 1, place: anywhere }],
          export: [{ format: "gif", quality: "high", place: anywhere }],
          dir: "/videos",
          place: anywhere,
        },
      ],
    },
  ],
  ["batch: sequence", { batch: "sequence" }],
  [
    "matrix: { size: [small, 2, true], tone: calm }",
    { matrix: { size: ["small", 2, true], tone: ["calm"] } },
  ],
  ["rows: data.csv", { rows: { path: "data.csv", dir: "/videos", place: anywhere } }],
  [
    "rows: [{ name: a, n: 1 }, { name: b, n: null }]",
    {
      rows: [
        { name: "a", n: 1 },
        { name: "b", n: null },
      ],
    },
  ],
  ["rows: { name: a }", { rows: [{ name: "a" }] }],
  [
    "refinements: [trim it, { prompt: again, name: second, unless: { title: x }, atMost: 3 }]",
    {
      refinements: [
        { prompt: "trim it", atMost: 1, place: anywhere },
        { prompt: "again", name: "second", unless: { title: "x" }, atMost: 3, place: anywhere },
      ],
    },
  ],
  [
    "expect: { duration: 14s..16s, width: 1920, height: 720.., aspect: 16:9, title: Spring, format: mp4 }",
    {
      expect: {
        duration: { min: 14_000, max: 16_000 },
        width: { min: 1920, max: 1920 },
        height: { min: 720 },
        aspect: "16:9",
        title: "Spring",
        format: "mp4",
      },
    },
  ],
  ["expect: { duration: 15s }", { expect: { duration: { min: 15_000, max: 15_000 } } }],
  [
    "expect: { tracks: { video: 1.., audio: ..2, text: 1..3 } }",
    { expect: { tracks: { video: { min: 1 }, audio: { max: 2 }, text: { min: 1, max: 3 } } } },
  ],
  [
    "variants: [{ name: wide }, { name: tall, prompt: make it tall, expect: { aspect: 9:16 } }]",
    {
      variants: [
        { name: "wide", place: anywhere },
        { name: "tall", prompt: "make it tall", expect: { aspect: "9:16" }, place: anywhere },
      ],
    },
  ],
  ["variants: { name: only }", { variants: [{ name: "only", place: anywhere }] }],
  [
    "export: { format: webm, quality: low, to: out/a.webm }",
    { export: [{ format: "webm", quality: "low", to: "out/a.webm", place: anywhere }] },
  ],
  [
    "export: [{ format: gif }, { quality: medium }]",
    {
      export: [
        { format: "gif", quality: "high", place: anywhere },
        { format: "mp4", quality: "medium", place: anywhere },
      ],
    },
  ],
  ["review: true", { review: { atDeadline: "stop" } }],
  ["review: { deadline: 2h }", { review: { deadlineMs: 7_200_000, atDeadline: "stop" } }],
  ["review: { deadline: 30m, then: approve }", { review: { deadlineMs: 1_800_000, atDeadline: "approve" } }],
  ["preview: true", { preview: true }],
  ["concurrency: 7", { concurrency: 7 }],
  ["budget: 300", { budget: { perRun: 300 } }],
  [
    "budget: { perJob: 1, perRun: 2, perDay: 3.5, perMonth: 0 }",
    { budget: { perJob: 1, perRun: 2, perDay: 3.5, perMonth: 0 } },
  ],
  [
    "retry: { attempts: 5, delay: 500ms, maxDelay: 1m }",
    { retry: { attempts: 5, delayMs: 500, maxDelayMs: 60_000 } },
  ],
  [
    "timeouts: { turn: 1h30m, silence: 1m, idle: 1s, change: 2s, render: 3s }",
    { timeouts: { turnMs: 5_400_000, silenceMs: 60_000, idleMs: 1000, changeMs: 2000, renderMs: 3000 } },
  ],
  ["poll: { state: 5s, render: 1m }", { poll: { stateMs: 5000, renderMs: 60_000 } }],
  [
    `watch:
  folder: inbox
  include: "*.jpg"
  ignore: [a, b]
  recursive: false
  group: folder
  settle: 5s
  quiet: 2m
  max: 7
  existing: skip
  poll: 10s
  after: move
  done: finished
  failed: broken`,
    {
      watch: {
        folder: "inbox",
        include: ["*.jpg"],
        ignore: ["a", "b"],
        recursive: false,
        group: "folder",
        settleMs: 5000,
        quietMs: 120_000,
        max: 7,
        existing: "skip",
        poll: { everyMs: 10_000 },
        after: "move",
        done: "finished",
        failed: "broken",
        place: anywhere,
      },
    },
  ],
  [
    "watch: { folder: in, poll: never, group: burst }",
    { watch: expect.objectContaining({ poll: "never", group: "burst" }) },
  ],
  [
    `params: { tone: calm }
schedule:
  cron: "0 9 * * MON-FRI"
  timezone: Europe/Paris
  overlap: queue
  catchUp: all
  within: 1h
  jitter: 30s
  enabled: false
  params: { tone: loud }`,
    {
      schedule: [
        {
          cron: "0 9 * * MON-FRI",
          timezone: "Europe/Paris",
          overlap: "queue",
          catchUp: "all",
          withinMs: 3_600_000,
          jitterMs: 30_000,
          enabled: false,
          params: { tone: "loud" },
          place: anywhere,
        },
      ],
    },
  ],
  ["schedule: [{ cron: '@daily' }, { cron: '*/5 0 9 L * 5#3' }]", { schedule: [anywhere, anywhere] }],
  [
    "notify: { on: failed, webhook: https://x.example/hook }",
    { notify: [{ on: ["failed"], webhook: "https://x.example/hook", place: anywhere }] },
  ],
  [
    "notify: [{ on: [finished, budget], slack: https://x.example/s }, { on: needs-you, discord: https://x.example/d }]",
    {
      notify: [
        { on: ["finished", "budget"], slack: "https://x.example/s", place: anywhere },
        { on: ["needs-you"], discord: "https://x.example/d", place: anywhere },
      ],
    },
  ],
  [
    "notify: { on: failed, command: [notify-send, it failed] }",
    { notify: [{ on: ["failed"], command: ["notify-send", "it failed"], place: anywhere }] },
  ],
];

describe("every field is read", () => {
  test.each(fields)("%s", (yaml, becomes) => {
    expect(recipeOf(`prompts: make a video\n${yaml}`)).toMatchObject(becomes);
  });

  test.each([
    ["prompts: one", ["one"]],
    ["prompts: [one]", ["one"]],
    ["prompts:\n  - one\n  - { prompt: two, name: second }", ["one", "two"]],
    ["prompts: { prompt: one }", ["one"]],
    ["prompts: |\n  line one\n  line two\n", ["line one\nline two"]],
    ["prompts: >\n  folded\n  text\n", ["folded text"]],
    ["prompts:\n  plain text\n  over two lines", ["plain text over two lines"]],
    ['prompts: ["a, b", "c # d", "e: f"]', ["a, b", "c # d", "e: f"]],
    ["prompts: make it #1", undefined],
    ["prompts: yes", ["yes"]],
    ["prompts: make it 100% bigger", ["make it 100% bigger"]],
    ["prompts: a {% if x %} stays text", ["a {% if x %} stays text"]],
  ])("prompts: %j", (yaml, texts) => {
    if (texts === undefined) expect(() => recipeOf(yaml)).toThrow("yaml-comment-in-text");
    else expect(recipeOf(yaml).prompts.map(({ prompt }) => prompt)).toEqual(texts);
  });
});

test("a recipe of one line has every default of the language", () => {
  expect(recipeOf("prompts: make a video")).toEqual({
    name: "promo",
    file: "promo.yaml",
    dir: "/videos",
    skill: { name: "image-video", version: "1.0.0" },
    env: [],
    params: {},
    assets: [],
    inputs: [],
    batch: "together",
    matrix: {},
    prompts: [{ prompt: "make a video", place: { file: "promo.yaml", line: 1, column: 10, length: 12 } }],
    refinements: [],
    variants: [],
    export: [{ format: "mp4", quality: "high", place: anywhere }],
    preview: false,
    concurrency: 2,
    budget: {},
    retry: { attempts: 3, delayMs: 2000, maxDelayMs: 60_000 },
    timeouts: { turnMs: 900_000, silenceMs: 600_000, idleMs: 120_000, changeMs: 300_000, renderMs: 300_000 },
    poll: {},
    schedule: [],
    notify: [],
  });
});

test("watch and schedule have their defaults", () => {
  const { watch, schedule } = recipeOf("prompts: a\nwatch: { folder: in }\nschedule: { cron: '@daily' }");
  expect(watch).toEqual({
    folder: "in",
    ignore: [],
    recursive: true,
    group: "file",
    settleMs: 2000,
    quietMs: 60_000,
    max: 100,
    existing: "process",
    poll: "auto",
    after: "keep",
    place: anywhere,
  });
  expect(schedule).toEqual([
    {
      cron: "@daily",
      overlap: "skip",
      catchUp: "newest",
      withinMs: 43_200_000,
      jitterMs: 0,
      enabled: true,
      params: {},
      place: anywhere,
    },
  ]);
});

test.each([
  ["Spring Promo (2).yaml", "spring-promo-2"],
  ["dir/My_Video.yml", "my-video"],
  ["C:\\videos\\Übung.yaml", "ubung"],
  ["日本.yaml", "recipe"],
  [`${"x".repeat(100)}.yaml`, "x".repeat(63)],
])("a recipe in %s is called %s", (file, name) => {
  expect(recipeOf("prompts: a").name).toBe("promo");
  expect(recipeOf("prompts: a", { defaultName: "other" }).name).toBe("other");
  expect(parseAt(file)).toBe(name);
});

function parseAt(file: string): string | undefined {
  return parseRecipe([{ file, dir: "/videos", text: "prompts: a" }]).recipe?.name;
}

test("a byte order mark and Windows line ends change nothing", () => {
  expect(recipeOf("\uFEFFprompts: a\r\nconcurrency: 3\r\n")).toMatchObject({
    concurrency: 3,
    prompts: [{ prompt: "a" }],
  });
});
