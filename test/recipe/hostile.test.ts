import { expect, test } from "vitest";
import { formatProblem } from "../../src/recipe/format-problem.ts";
import { parseRecipe } from "../../src/recipe/parse-recipe.ts";
import type { Random } from "../support/seeded-random.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { proven } from "../support/proven.ts";
import { rounds } from "../support/rounds.ts";
import { cpuClock } from "../support/cpu-clock.ts";

const hostileRecipes = rounds(1000);
const fuzzedRecipes = rounds(10_000);

const size = 65_000;
const fill = (piece: string, length = size): string =>
  piece.repeat(Math.max(1, Math.floor(length / piece.length)));
const numbered = (make: (index: number) => string, length = size): string => {
  let text = "";
  for (let index = 0; text.length < length; index++) text += make(index);
  return text.slice(0, length);
};

/** Texts that have made YAML parsers, validators or templates slow, deep or talkative. */
const shapes: readonly ((random: Random, length: number) => string)[] = [
  (_random, length) => fill("[", length),
  (_random, length) => fill("{", length),
  (_random, length) => fill("[{a: ", length),
  (_random, length) => fill("- ", length),
  (_random, length) => fill("? ", length),
  (_random, length) => fill("a: ", length),
  (_random, length) => numbered((index) => `${" ".repeat(index % 300)}a:\n`, length),
  (_random, length) => numbered((index) => `${" ".repeat(index)}- a\n`, length),
  (_random, length) => numbered((index) => `k${index}: v\n`, length),
  (_random, length) => `params: {${numbered((index) => `k${index}: v,`, length)}`,
  (_random, length) => `params:\n${numbered((index) => `  k${index}: v\n`, length)}`,
  (_random, length) => `matrix:\n${numbered((index) => `  k${index}: [1, 2]\n`, length)}`,
  (_random, length) => fill("a: 1\n", length),
  (_random, length) => `a: &a x\n${numbered((index) => `k${index}: *a\n`, length)}`,
  (_random, length) => `a: &a [x,x]\n${numbered((index) => `b${index}: &b${index} [*a,*a]\n`, length)}`,
  (_random, length) => `prompts: "${fill("${{ x.y }} ", length)}"`,
  (_random, length) => `prompts: "${fill("${{ params.a | append: 'b' }}", length)}"`,
  (_random, length) => `prompts: "\${{ params.a ${fill("| upcase ", length)} }}"`,
  (_random, length) => `prompts: "${fill("${{", length)}"`,
  (_random, length) => `prompts: "${fill("{{ params.a ", length)}"`,
  (_random, length) => `a: ["${fill("${{", length)}", *x]`,
  (_random, length) => `a =${fill(" ", length)}`,
  (_random, length) => `a：${fill(" ", length)}`,
  (_random, length) => `prompts: "\${{ params${fill(".a", length)} }}"`,
  (_random, length) => `prompts:\n${fill("  - make it: blue\n", length)}`,
  (_random, length) => `prompts:\n${fill("  - make it #1\n", length)}`,
  (_random, length) => `prompts: [${fill("a, ", length)}b]`,
  (_random, length) => `prompts:\n${fill("  - 5\n", length)}`,
  (_random, length) => `prompts: ${fill("a ", length)}`,
  (_random, length) => `prompts: |\n${fill("  line ${{ params.b }}\n", length)}`,
  (_random, length) => `prompts: >\n${fill("  line\n\n", length)}`,
  (_random, length) => `prompts: "${fill("\\u0041", length)}"`,
  (_random, length) => `prompts: "${fill("\\", length)}"`,
  (_random, length) => `prompts: ${fill("'", length)}`,
  (_random, length) => `prompts: ${fill("#", length)}`,
  (_random, length) => `prompts: ${fill(" #", length)}`,
  (_random, length) => fill("# comment\n", length),
  (_random, length) => fill("---\n", length),
  (_random, length) => fill("%YAML 1.2\n", length),
  (_random, length) => fill("\t", length),
  (_random, length) => fill("\n", length),
  (_random, length) => fill("\r", length),
  (_random, length) => fill(":", length),
  (_random, length) => fill(": ", length),
  (_random, length) => fill("!", length),
  (_random, length) => fill("!!a ", length),
  (_random, length) => fill("&a ", length),
  (_random, length) => fill("a\u0301", length),
  (_random, length) => `${fill("x", length - 10)}: 1`,
  (_random, length) => `params: { a: { pattern: '${fill("(a+)+", length)}' } }`,
  (_random, length) => `params: { a: { pattern: '(a|a)*$', default: '${fill("a", length)}!' } }`,
  (_random, length) => `params: { a: { pattern: '${fill("(", length)}' } }`,
  (_random, length) => `params: { a: { enum: [${numbered((index) => `${index},`, length)}], default: x } }`,
  (_random, length) => `skill: ${fill("a", length)}`,
  (_random, length) => `timeouts: { turn: ${fill("1h", length)} }`,
  (_random, length) => `expect: { duration: ${fill("1..", length)}, width: ${fill("9", 999)} }`,
  (_random, length) =>
    `rows:\n${numbered((index) => `  - { c${index}: ${index} }\n`, length)}prompts: \${{ row.cx }}`,
  (_random, length) => `variants:\n${numbered((index) => `  - { name: v${index % 50} }\n`, length)}`,
  (_random, length) => `schedule:\n${fill("  - { cron: '* * * *', timezone: X/Y }\n", length)}`,
  (_random, length) => `inputs:\n${fill("  - { path: a, url: b, prompts: [c #d] }\n", length)}`,
  (_random, length) => `extends: ${fill("../", length)}`,
  (random, length) =>
    Array.from({ length: length / 2 }, () => random.pick([..."[]{}:,-?&*!|>'\"%@` \n\t#a1${}"])).join(""),
  (random, length) =>
    Array.from({ length: length / 2 }, () => String.fromCharCode(random.between(0, 0xffff))).join(""),
];

interface Slowest {
  ms: number;
  text: string;
}

/** Parses and shows it all: what a person would wait for on a machine that does nothing else. */
function tryText(text: string, slowest: Slowest): void {
  const spentMs = cpuClock();
  const { recipe, problems } = parseRecipe([{ file: "x.yaml", dir: "/x", text }]);
  for (const problem of problems.slice(0, 200)) formatProblem(problem);
  const ms = spentMs();
  if (ms > slowest.ms) Object.assign(slowest, { ms, text: text.slice(0, 200) });
  const hasError = problems.some(({ severity }) => severity === "error");
  if ((recipe === undefined) !== hasError)
    throw new Error(`neither a recipe nor an error: ${text.slice(0, 200)}`);
  for (const { place } of problems)
    if (place !== undefined && !(place.line >= 1 && place.column >= 1)) throw new Error(text);
}

test(`each of ${hostileRecipes} hostile recipes is judged within 2 seconds`, () => {
  const random = seededRandom(1);
  const slowest: Slowest = { ms: 0, text: "" };
  for (const shape of shapes) tryText(shape(random, size), slowest);
  for (let round = shapes.length; round < hostileRecipes; round++) {
    const text = random.pick(shapes)(random, random.between(10, 3000));
    tryText(random.chance(0.5) ? text : `prompts: a\n${text}`, slowest);
  }
  expect(slowest.ms, slowest.text).toBeLessThan(2000);
  proven("X2", `${hostileRecipes} hostile recipes: ${Math.ceil(slowest.ms)} ms at most`, "1");
});

const seeds = [
  "name: a\nprompts:\n  - make ${{ params.n }} of it\n  - { prompt: b, name: c }\nparams: { n: { type: integer, default: 5, max: 9 } }\n",
  'extends: base\ninputs:\n  - a/*.jpg\n  - { url: \'https://x.y/z\', since: 7d }\nprompts: [..., "b"]\nexport: { format: gif, to: "out/${{ job.name }}.gif" }\n',
  "prompts: |\n  one\n  two\nrefinements:\n  - prompt: c\n    unless: { duration: 14s..16s }\n    atMost: 2\nwatch: { folder: in, group: folder }\n",
  "prompts: a\nvariants: [{ name: wide }, { name: tall, prompt: b }]\nschedule: [{ cron: '0 9 * * *', timezone: UTC }]\nnotify: { on: failed, command: [a, b] }\nbudget: { perRun: 5 }\n",
];
const pieces = [
  ..."[]{}:,-?&*!|>'\"%@`#$~=\\",
  "\n",
  " ",
  "  ",
  "\t",
  ": ",
  "- ",
  " #",
  "${{",
  "}}",
  "...",
  "---",
  "\u0000",
  "\uFEFF",
  "é",
  "🎬",
  "null",
  "1e9",
  "<<",
  "__proto__",
  "params",
  "|",
  "\r\n",
];

test(`each of ${fuzzedRecipes} fuzzed recipes is judged, none throws`, () => {
  const random = seededRandom(2);
  const slowest: Slowest = { ms: 0, text: "" };
  for (let round = 0; round < fuzzedRecipes; round++) {
    let text = random.pick(seeds);
    for (let change = random.between(1, 6); change > 0; change--) {
      const at = random.between(0, text.length);
      const cut = random.chance(0.5) ? random.between(0, 8) : 0;
      text =
        text.slice(0, at) +
        (random.chance(0.8) ? random.pick(pieces) : text.slice(at, at + 20)) +
        text.slice(at + cut);
    }
    tryText(text, slowest);
  }
  expect(slowest.ms, slowest.text).toBeLessThan(2000);
  proven("X2", `${fuzzedRecipes} fuzzed recipes: ${Math.ceil(slowest.ms)} ms at most, none throws`, "2");
});
