import { describe, expect, test } from "vitest";
import { problemCodes } from "../../src/recipe/problem-codes.ts";
import { problemsOf, short } from "./parse.ts";

/** What is written below `prompts: a`, where it is wrong, and a part of what is said. */
const mistakes: readonly (readonly [yaml: string, at: string, message: string, hint?: string])[] = [
  [
    "refinement: b",
    "2:1 unknown-key",
    "`refinement` is not a field of a recipe",
    "did you mean `refinements`?",
  ],
  ["name: 2026", "2:7 wrong-type", "`name` must be a slug", 'name: "2026"'],
  ["language: english", "2:11 bad-value", "must be a language tag"],
  ["language: pt_BR", "2:11 bad-value", "must be a language tag", "did you mean `pt-BR`?"],
  ["inputs: { path: a, optional: yes }", "2:30 bad-value", "must be `true` or `false`", "write `true`"],
  ["retry: { delay: 2 sec }", "2:17 bad-value", "must be a duration", "did you mean `2s`?"],
  ["retry: { delay: 1h30 }", "2:17 bad-value", "must be a duration", "did you mean `1h30m`?"],
  ["expect: { duration: 5..8 }", "2:21 bad-value", "a duration or a range", "did you mean `5s..8s`?"],
  ["expect: { duration: 5 - 8s }", "2:21 bad-value", "a duration or a range", "did you mean `5s..8s`?"],
  ["expect: { tracks: { text: 3..1 } }", "2:27 bad-value", "a number or a range", "did you mean `1..3`?"],
  ["concurrency: 1e400", "2:14 bad-value", "not `1e400`"],
  ["rows: [{ a: 1 }, 2]", "2:7 wrong-type", "or a list of maps", "row 2 is no map"],
  ["concurency: 3", "2:1 unknown-key", "`concurency`", "did you mean `concurrency`?"],
  ["zzzzzzzz: 3", "2:1 unknown-key", "`zzzzzzzz`", "known fields: name, "],
  ["export: { qualty: low }", "2:11 unknown-key", "not a field of `export`", "did you mean `quality`?"],
  ["export: [{ qualty: low }]", "2:12 unknown-key", "not a field of an item of `export`"],
  [
    "expect: { tracks: { vidio: 1 } }",
    "2:21 unknown-key",
    "not a field of `expect.tracks`",
    "did you mean `video`?",
  ],
  ["timeouts: { turns: 1m }", "2:13 unknown-key", "`timeouts`", "did you mean `turn`?"],
  ["params: { a: { typ: string } }", "2:16 unknown-key", "`params.a`", "did you mean `type`?"],
  ["output: a.mp4", "2:1 unknown-key", "`output`", "did you mean `export`?"],
  ["export: { path: a.mp4 }", "2:11 unknown-key", "`path`", "did you mean `to`?"],
  ["inputs: { paht: a }", "2:11 unknown-key", "`inputs`", "did you mean `path`?"],
  [
    "name: My Promo",
    "2:7 bad-value",
    "`name` must be a slug: small letters, digits and dashes, at most 63, not `My Promo`",
    "did you mean `my-promo`?",
  ],
  [
    "description: 42",
    "2:14 wrong-type",
    "`description` must be text, not `42`",
    'put it in quotes: description: "42"',
  ],
  ["description:", "2:1 wrong-type", "`description` must not be empty"],
  ["description: ''", "2:14 bad-value", "must not be empty"],
  ["language: nope!", "2:11 bad-value", "must be a language tag such as `en`"],
  ["skill: image-vidoe", "2:8 unknown-skill", "`image-vidoe`", "did you mean `image-video`?"],
  ["skill: { version: '1' }", "2:8 missing-key", "`skill.name` is missing"],
  [
    "skill: { name: x, version: 1.0 }",
    "2:28 wrong-type",
    "must be text",
    'put it in quotes: skill: { name: x, version: "1.0" }',
  ],
  ["env: [A-B]", "2:7 bad-value", "an item of `env` must be the name of an environment variable, not `A-B`"],
  ["preview: maybe", "2:10 bad-value", "`preview` must be `true` or `false`, not `maybe`"],
  ["review: yes", "2:9 bad-value", "not `yes`", "write `true`"],
  ["review: later", "2:9 bad-value", "`review` must be `true`, or `{ deadline: 2h, then: approve }`"],
  ["review: { deadline: 2h, thn: stop }", "2:25 unknown-key", "`thn` is not a field", "did you mean `then`?"],
  ["review: { then: approve }", "2:9 missing-key", "`review.deadline` is missing"],
  ["review: { deadline: soon }", "2:21 bad-value", "`review.deadline` must be a duration"],
  [
    "review: { deadline: 2h, then: aprove }",
    "2:31 bad-value",
    "`review.then` must be `approve` or `stop`",
    "did you mean `approve`?",
  ],
  ["batch: all", "2:8 bad-value", "`batch` must be `together`, `each` or `sequence`, not `all`"],
  ["batch: eahc", "2:8 bad-value", "`batch`", "did you mean `each`?"],
  ["matrix: [a]", "2:9 wrong-type", "`matrix` must be a map of `key: value` lines, not a list"],
  ["matrix: { a: [] }", "2:14 bad-value", "`matrix.a` needs at least one entry"],
  ["matrix: { a: [{ b: c }] }", "2:15 wrong-type", "an item of `matrix.a` must be one value"],
  ["matrix: { 'a b': [1] }", "2:11 bad-value", "a name in `matrix` starts with a letter"],
  [
    "matrix: { v: [1.0] }",
    "2:15 yaml-number-in-text",
    "YAML reads `1.0` as the number 1",
    'write "1.0" or 1',
  ],
  ["rows: [{ v: 007 }]", "2:13 yaml-number-in-text", "YAML reads `007` as the number 7"],
  [
    "rows: [a]",
    "2:7 wrong-type",
    "`rows` must be the path of a CSV, JSON or JSON Lines file, or a list of maps",
  ],
  ["rows: []", "2:7 wrong-type", "must have at least one row"],
  [
    "refinements: [5]",
    "2:15 yaml-number-in-text",
    "as the number `5`, not as text",
    'quote it: refinements: ["5"]',
  ],
  [
    "refinements: { prompt: x, atMost: 0, unless: { title: x } }",
    "2:35 bad-value",
    "must be a whole number, 1 or more",
  ],
  ["refinements: { prompt: x, atMost: 2 }", "2:35 needs-other", "`atMost` does nothing without `unless`"],
  ["refinements: { prompt: x, unless: {} }", "2:35 bad-value", "an empty check checks nothing"],
  ["refinements: { name: x }", "2:14 missing-key", "`refinements.prompt` is missing"],
  [
    "expect: { duration: 15 }",
    "2:21 bad-value",
    "must be a duration or a range",
    "durations have a unit: 15s",
  ],
  ["expect: { duration: 16s..14s }", "2:21 bad-value", "must be a duration or a range"],
  ["expect: { width: wide }", "2:18 bad-value", "must be a number or a range"],
  ["expect: { aspect: wide }", "2:19 bad-value", 'must be a ratio in quotes such as "16:9"'],
  ["expect: { format: mp3 }", "2:19 bad-value", "must be `mp4`", "did you mean `mp4`?"],
  ["expect: mp4", "2:9 wrong-type", "`expect` must be a map of `duration`, `width`, "],
  ["variants: [{ prompt: a }]", "2:12 missing-key", "`variants.name` is missing"],
  ["variants: [{ name: a }, { name: A }]", "2:33 duplicate-name", "two variants are called `A`"],
  ["variants: a", "2:11 wrong-type", "`variants` must be a map of `name`, `prompt`, `expect`, not `a`"],
  ["export: gif", "2:9 wrong-type", "`export` must be a map of `format`, `quality`, `to`, not `gif`"],
  ["export: []", "2:9 bad-value", "`export` needs at least one entry"],
  ["export: { format: mp5 }", "2:19 bad-value", "`export.format` must be `mp4`, ", "did you mean `mp4`?"],
  ["concurrency: two", "2:14 bad-value", "`concurrency` must be a whole number, 1 or more, not `two`"],
  ["concurrency: 1.5", "2:14 bad-value", "must be a whole number"],
  ["concurrency: [1]", "2:14 wrong-type", "must be a whole number, 1 or more, not a list"],
  ["budget: -1", "2:9 bad-value", "must be a number of credits, 0 or more, not `-1`"],
  ['budget: { perDay: "500" }', "2:19 bad-value", "not `500`", "write it without quotes: 500"],
  ["budget: { perWeek: 1 }", "2:11 unknown-key", "`budget`"],
  ["retry: { attempts: 0 }", "2:20 bad-value", "`retry.attempts` must be a whole number, 1 or more"],
  [
    "timeouts: { turn: 15 }",
    "2:19 bad-value",
    "`timeouts.turn` must be a duration such as",
    "durations have a unit: 15s",
  ],
  ["timeouts: { turn: 0s }", "2:19 bad-value", "must be more than nothing"],
  ["poll: 5s", "2:7 wrong-type", "`poll` must be a map of `state`, `render`, not `5s`"],
  ["watch: { folder: in, poll: often }", "2:28 bad-value", "must be `auto`, `never`, or a duration"],
  ["watch: { folder: in, poll: 0s }", "2:28 bad-value", "must be `auto`, `never`, or a duration"],
  [
    "watch: { group: folders }",
    "2:17 bad-value",
    "must be `file`, `folder` or `burst`",
    "did you mean `folder`?",
  ],
  ["watch: { quiet: 2m }", "2:17 warning needs-other", "`watch.quiet` does nothing without `group: folder`"],
  ["watch: { done: x }", "2:16 warning needs-other", "`watch.done` does nothing without `after: move`"],
  ["schedule: { timezone: UTC }", "2:11 missing-key", "`schedule.cron` is missing"],
  ["schedule: { cron: '0 9 * *' }", "2:19 bad-value", "must be 5 or 6 cron fields", "has 4 fields"],
  ["schedule: { cron: '@dayly' }", "2:19 bad-value", "must be 5 or 6 cron fields", "did you mean `@daily`?"],
  ["schedule: { cron: '@daily', catchUp: new }", "2:38 bad-value", "`newest`", "did you mean `newest`?"],
  ["schedule: { cron: '@daily', timezone: Europe/Pariss }", "2:39 bad-value", "must be an IANA time zone"],
  ["schedule: { cron: '@daily', params: { a: 1 } }", "2:39 unknown-param", "there is no parameter `a`"],
  [
    "params: { a: 1 }\nschedule: { cron: '@daily', params: { a: x } }",
    "3:39 param-value",
    '`a`: "x" is not a number',
  ],
  [
    "notify: { on: fialed, webhook: 'https://x.y' }",
    "2:15 bad-value",
    "must be `failed`",
    "did you mean `failed`?",
  ],
  ["notify: { webhook: 'https://x.y' }", "2:9 missing-key", "`notify.on` is missing"],
  ["notify: { on: failed }", "2:9 missing-key", "exactly one of `webhook`, `slack`, `discord`, `command`"],
  [
    "notify: { on: failed, slack: 'https://a.b', discord: 'https://a.b' }",
    "2:9 not-together",
    "exactly one of",
  ],
  ["notify: { on: failed, slack: a.b }", "2:30 bad-value", "must be an address that starts with http"],
  [
    "notify: { on: failed, command: notify-send hi }",
    "2:32 bad-value",
    "never a shell line",
    'command: ["notify-send", "hi"]',
  ],
  ["inputs: { path: a, url: 'http://x.y' }", "2:25 not-together", "a `path` or a `url`, not both"],
  ["inputs: {}", "2:9 missing-key", "needs a `path` or a `url`"],
  ["inputs: ftp://x.y/z", "2:9 bad-value", "must be an address that starts with http"],
  ["inputs: { url: nope }", "2:16 bad-value", "must be an address that starts with http"],
  ["inputs: { url: 'http://x.y', since: 7d }", "2:37 not-together", "`since` narrows files"],
  [
    "inputs: { path: a, since: yesterday }",
    "2:27 bad-value",
    "must be a duration such as `7d`, or `last-run`",
  ],
  ["inputs: { path: a, prompts: b }", "2:29 needs-other", "`prompts` of one input needs"],
  [
    "batch: each\nassets: { path: a, export: { format: gif } }",
    "3:28 needs-other",
    "`export` of one input needs",
  ],
  ["inputs: { path: a, optional: maybe }", "2:30 bad-value", "must be `true` or `false`"],
  ["params: { 1a: x }", "2:11 bad-param", "a parameter's name starts with a letter"],
  ["params: { a: { required: true, default: 1 } }", "2:26 bad-param", "is never missing"],
  [
    "params: { a: { type: integer, default: 1.5 } }",
    "2:40 bad-param",
    "the default 1.5 is not a whole number",
  ],
  ["params: { a: { default: x, min: 1 } }", "2:33 bad-param", "`min` is for numbers, not for string"],
  ["params: { a: { min: 5, max: 1, type: number } }", "2:21 bad-param", "`min` is more than `max`"],
  [
    "params: { a: { default: 9, max: 5 } }",
    "2:25 bad-param",
    "the default 9 is more than the greatest value, 5",
  ],
  ["params: { a: { enum: [x, y], default: z } }", "2:39 bad-param", 'the default "z" is not one of "x", "y"'],
  ["params: { a: { enum: [x, 1] } }", "2:22 bad-param", "1 is not text"],
  ["params: { a: { pattern: '(' } }", "2:25 bad-pattern", "the pattern cannot be read"],
  ["params: { a: { pattern: x, default: 1 } }", "2:25 bad-param", "`pattern` is for string, not for number"],
  [
    "params: { a: { pattern: '^x', default: yx } }",
    "2:40 bad-param",
    'the default "yx" does not match the pattern ^x',
  ],
  ["params: { a: null }", "2:14 bad-param", "is not text", "write a value"],
  ["params: { a: { type: strng } }", "2:22 bad-value", "must be `string`", "did you mean `string`?"],
  ["budget: ${{ params.n }}", "2:9 template-not-here", "templates are not read here"],
  ["matrix: { a: ['${{ params.n }}'] }", "2:15 template-not-here", "templates are not read here"],
  ["inputs: [...]", "2:10 nothing-extended", "`...` stands for the list of the recipe that is extended"],
];

describe("a mistake is shown at its place, with what to do", () => {
  test.each(mistakes)("%s", (yaml, at, message = "", hint) => {
    const found = problemsOf(`prompts: a\n${yaml}`);
    const problem = found.find((one) => short(one) === at);
    expect(problem, found.map(short).join("\n")).toMatchObject({
      message: expect.stringContaining(message) as string,
    });
    if (hint !== undefined) expect(problem?.hint).toContain(hint);
    expect(found.filter(({ severity }) => severity === "error").length).toBeLessThanOrEqual(1);
    expect(problem?.excerpt).toBe(`prompts: a\n${yaml}`.split("\n")[(problem?.place?.line ?? 0) - 1]);
  });
});

/** Whole texts that are not yet a recipe. */
const broken: readonly (readonly [text: string, at: string, message: string, hint?: string])[] = [
  ["", "1:1 empty-recipe", "it needs `prompts`", "prompts: make a 10-second video"],
  ["# nothing yet\n", "1:1 empty-recipe", "it needs `prompts`"],
  ["---\n", "1:1 empty-recipe", "it needs `prompts`"],
  ["name: x", "1:1 missing-key", "a recipe needs `prompts`"],
  ["make a video", "1:1 wrong-type", "a recipe is a map of fields"],
  ["- a", "1:1 wrong-type", "a recipe is a map of fields"],
  ["prompts: a\nprompts: b", "2:1 duplicate-key", "first on line 1"],
  ["prompts: a\nexpect: { title: a, title: b }", "2:21 duplicate-key", "`title` stands twice"],
  ["prompts: a\n---\nname: b", "2:1 yaml-several-documents", "one YAML document"],
  ["%YAML 1.1\n---\nprompts: a", "1:1 yaml-directive", "directives"],
  ["%TAG ! tag:x,2000:\n---\nprompts: a", "1:1 yaml-directive", "directives"],
  ["prompts: &a b", "1:10 yaml-alias", "anchor", 'prompts: "&a b"'],
  ["prompts: *a", "1:10 yaml-alias", "alias", 'prompts: "*a"'],
  ["prompts: a\n<<: b", "2:1 yaml-key", "`<<` cannot be a key"],
  ["prompts: a\n__proto__: b", "2:1 yaml-key", "`__proto__` cannot be a key"],
  ["prompts: a\n? [x]\n: y", "2:3 yaml-key", "plain text"],
  ["prompts: !secret a", "1:10 yaml-tag", "tag", 'prompts: "!secret a"'],
  ["prompts: !!binary aGk=", "1:10 yaml-tag", "tag"],
  ["prompts: !!js/function x", "1:10 yaml-tag", "tag"],
  ["prompts:\n\t- a", "2:1 yaml-syntax", "a tab cannot indent", "spaces"],
  ['prompts: "abc', "1:10 yaml-syntax", "no closing quote"],
  ['prompts: "abc\ninputs: x\nbatch: each\n', "1:10 yaml-syntax", "no closing quote"],
  ["prompts: [a", "1:10 yaml-syntax", "is not closed"],
  ["prompts: a\ninputs: [b, [c]\nbatch: each", "2:9 yaml-syntax", "is not closed"],
  ["{prompts: a", "1:1 yaml-syntax", "is not closed"],
  ["prompts:hi", "1:1 wrong-type", "a recipe is a map", "`prompts: hi`"],
  ["prompts = hi", "1:1 wrong-type", "a recipe is a map", "`prompts: hi`"],
  ["prompts:\u00A0hi", "1:1 wrong-type", "a recipe is a map", "`prompts: hi`"],
  ["prompts：hi", "1:1 wrong-type", "a recipe is a map", "`prompts: hi`"],
  ["prompts: a\nbatch:each", "2:1 yaml-syntax", "a space is missing after the `:`", "`batch: each`"],
  ["prompts: a\nbatch:each\nname: b", "2:1 yaml-syntax", "a space is missing", "`batch: each`"],
  ["prompts:\n  - a\n - b", "3:2 yaml-syntax", "the indentation does not fit"],
  ["prompts:\n  - prompt: a\n      name: b", "2:13 yaml-syntax", "indented deeper"],
  ["prompts: |\na", "2:1 yaml-syntax", "without being indented", "stand deeper than its key"],
  ["inputs: [*.jpg, a]", "1:10 yaml-alias", "alias", 'inputs: ["*.jpg", a]'],
  ["inputs: [p/*.{jpg,png}, a]", "1:14 yaml-syntax", "ends at a bracket", '["p/*.{jpg,png}", a]'],
  ["schedule: { cron: * * * * * }", "1:19 yaml-syntax", "alias", '{ cron: "* * * * *" }'],
  ["prompts: - a", "1:10 yaml-syntax", "starts on a line of its own"],
  ["prompts: a\nname", "2:1 yaml-syntax", "a `:` is missing after a key"],
  ["prompts: a\n name: b", "1:10 yaml-syntax", "indented deeper"],
  [
    "prompts: [a, b ${{ run.id }} c ${{ run.id }}]",
    "1:17 yaml-syntax",
    "a template needs quotes",
    '[a, "b ${{ run.id }} c ${{ run.id }}"]',
  ],
  [
    "prompts: {prompt: ${{ run.id }} }",
    "1:20 yaml-syntax",
    "a template needs quotes",
    'prompts: {prompt: "${{ run.id }}" }',
  ],
  ["prompts: a\0", "1:11 not-utf-8", "not UTF-8"],
  ["prompts: \uFFFD", "1:10 not-utf-8", "not UTF-8"],
  [`prompts: ${"a".repeat(70_000)}`, "1:1 too-large", "64 KiB"],
  [`prompts: ${"é".repeat(40_000)}`, "1:1 too-large", "64 KiB"],
  [`a: ${"[".repeat(21)}${"]".repeat(21)}`, "1:23 yaml-depth", "nested more than 20 levels"],
];

test.each(broken)("%j is no recipe", (text = "", at = "", message = "", hint) => {
  const found = problemsOf(text);
  const problem = found.find((one) => short(one) === at);
  expect(problem, found.map(short).join("\n")).toMatchObject({
    message: expect.stringContaining(message) as string,
  });
  if (hint !== undefined) expect(problem?.hint).toContain(hint);
});

test("all mistakes come in one go, in the order of the text", () => {
  const text = `name: My Promo
params: { n: { default: x, min: 1 } }
prompts:
  - make it #1
  - a \${{ params.m }}
refinements: { prompt: x, atMost: 2 }
exports: gif
budget: lots
`;
  expect(problemsOf(text).map(short)).toEqual([
    "1:7 bad-value",
    "2:33 bad-param",
    "4:13 yaml-comment-in-text",
    "5:18 template-name",
    "6:35 needs-other",
    "7:1 unknown-key",
    "8:9 bad-value",
  ]);
});

test("each code that is used has its sentence", () => {
  const used = [...mistakes, ...broken].map(([, at]) => at.split(" ").at(-1) ?? "");
  for (const code of used) expect(Object.keys(problemCodes)).toContain(code);
});

test.each([
  ["export: gif", "write `export: { format: gif }`"],
  ["export: [gif]", "write `export: { format: gif }`"],
  ["export: [MP4, gif]", "write `export: [{ format: mp4 }, { format: gif }]`"],
  ["export: film", "write `export: { format: mp4 }`"],
  [
    "schedule: every monday",
    'say when in cron fields, for Mondays at 9:00 `schedule: { cron: "0 9 * * 1" }`',
  ],
  [
    "schedule: every monday at nine sharp",
    'say when in cron fields, for Mondays at 9:00 `schedule: { cron: "0 9 * * 1" }`',
  ],
  ["schedule: 0 9 * * 1-5", 'write `schedule: { cron: "0 9 * * 1-5" }`'],
  ['schedule: ["@daily"]', 'write `schedule: { cron: "@daily" }`'],
  ["watch: inbox", "write `watch: { folder: inbox }`"],
  ["variants: [wide, my tall]", 'write `variants: [{ name: wide }, { name: "my tall" }]`'],
  ["poll: 5s", undefined],
  ["export: [gif, { format: mp4 }]", undefined],
])("%s: the line to write", (yaml, hint) => {
  const found = problemsOf(`prompts: a\n${yaml}`).filter(({ code }) => code === "wrong-type");
  expect(found.length).toBeGreaterThan(0);
  for (const problem of found) expect(problem.hint).toBe(hint);
});
