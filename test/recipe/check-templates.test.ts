import { describe, expect, test } from "vitest";
import { problemsOf, short } from "./parse.ts";

const all = `params: { seconds: 15, tone: calm }
matrix: { size: [small, big] }
rows: [{ name: a, "unit price": 3 }]
env: [HOOK]
batch: each
inputs: photos/*.jpg
variants: [{ name: wide }]
`;

/** Where each name may be used, and where not. */
const names: readonly (readonly [yaml: string, problem?: string, hint?: string])[] = [
  ["prompts: ${{ params.seconds }} ${{ matrix.size }} ${{ row.name }} ${{ row['unit price'] }}"],
  ["prompts: ${{ job.name }} ${{ job.index }} ${{ job.total }} ${{ recipe.name }} ${{ recipe.dir }}"],
  ["prompts: ${{ run.id }} ${{ run.date }} ${{ run.time }} ${{ run.slot }}"],
  [
    "prompts: ${{ input.path }}${{ input.name }}${{ input.stem }}${{ input.ext }}${{ input.index }}${{ input.hash }}",
  ],
  ["prompts: ${{ env.HOOK }}", "`env` is allowed in `url` and `notify` only"],
  ["prompts: ${{ variant.name }}", "it exists in `variants` and in `to`"],
  ["prompts: ${{ export.format }}", "it exists in `to` of an export only"],
  ["prompts: ${{ group.name }}", "it exists in `watch` with `group: folder` only"],
  ["prompts: ${{ params.secnds }}", "there is no `params.secnds`", "did you mean `params.seconds`?"],
  ["prompts: ${{ seconds }}", "templates do not know `seconds`", "did you mean `params.seconds`?"],
  ["prompts: ${{ parms.seconds }}", "templates do not know `parms`", "did you mean `params`?"],
  ["prompts: ${{ row.nam }}", "there is no `row.nam`", "did you mean `row.name`?"],
  ["prompts: ${{ row }}", "`row` alone is no value", "`row.name`"],
  ["prompts: ${{ job.name.first }}", "`job.name` has no parts"],
  ["prompts: ${{ params.constructor }}", "there is no `params.constructor`"],
  ["prompts: ${{ constructor }}", "templates do not know `constructor`"],
  ["prompts: '${{ job.name | slugify | default: params.tone }}'"],
  [
    "prompts: '${{ job.name | append: params.ton }}'",
    "there is no `params.ton`",
    "did you mean `params.tone`?",
  ],
  ["prompts: ${{ job.name | slugfy }}", "there is no filter `slugfy`", "did you mean `slugify`?"],
  ["prompts: ${{ job.name | upper }}", "there is no filter `upper`", "did you mean `upcase`?"],
  ["prompts: ${{ job.name | trim }}", "there is no filter `trim`", "did you mean `strip`?"],
  ["prompts: ${{ job.name | translate_all }}", "there is no filter", "there are append, capitalize, date"],
  ["prompts: ${{ job.name | constructor }}", "there is no filter `constructor`", "there are append"],
  ["prompts: ${{ job.name | sample }}", "there is no filter `sample`"],
  ["prompts: ${{ job.name | where_exp }}", "there is no filter `where_exp`"],
  ["prompts: ${{ params.seconds | plus }}", "`plus` needs a number: `| plus: 1`"],
  ["prompts: '${{ params.tone | replace: }}'", "is not expected here"],
  ["prompts: ${{ params.tone | join }}", "`join` needs a text"],
  ["prompts: a {{ params.seconds }}", "a template starts with `${{`", "write `${{`"],
  ["prompts: a {{ other }}"],
  ["prompts: a ${ params.seconds }", "a template starts with `${{`", "write `${{` … `}}`"],
  ["prompts: a ${params.seconds} b ${{ params.tone }}", "a template starts with `${{`"],
  ["prompts: a ${ other.x }, ${5.00}, ${params} and $params.seconds"],
  ["prompts: ${{ row.product full name }}", 'in brackets: `row["product full name"]`'],
  ["prompts: ${{ params.seconds + 1 }}", "no calculation or comparison"],
  ["prompts: ${{ params.seconds", "`}}` is missing"],
  ["prompts: ${{ }}", "there is nothing between"],
  ["prompts: ${{ 'a }}", "a quote is not closed"],
  ["prompts: ${{ params. }}", "a name is missing after `.`"],
  ["prompts: ${{ job.name | }}", "the name of a filter is missing"],
  ['prompts: "${{ "', "`}}` is missing"],
  ["prompts: a\nrefinements: { prompt: b, unless: { duration: '${{ params.seconds }}s' } }"],
  ["prompts: a\nrefinements: { prompt: b, unless: { title: '${{ params.x }}' } }", "there is no `params.x`"],
  ["prompts: a\nexpect: { title: '${{ run.dat }}' }", "there is no `run.dat`"],
  ["prompts: a\nexport: { to: '${{ variant.name }}.${{ export.format }}', format: '${{ params.tone }}' }"],
  ["prompts: a\nexport: { format: '${{ export.format }}' }", "it exists in `to` of an export only"],
  ["prompts: a\nlanguage: ${{ row.name }}"],
  ["prompts: a\nconcurrency: ${{ params.seconds }}"],
  ["prompts: a\nconcurrency: ${{ job.total }}", "it is not known yet"],
  ["prompts: a\nassets: '${{ params.tone }}/${{ row.name }}/${{ matrix.size }}.png'"],
  ["prompts: a\nassets: '${{ job.name }}.png'", "it is not known yet"],
  ["prompts: a\nassets: '${{ env.HOOK }}.png'", "`env` is allowed in"],
  ["prompts: a\nassets: { url: 'https://x.y/${{ env.HOOK }}' }"],
  ["prompts: a\nassets: 'https://x.y/${{ env.HOOK }}'"],
  ["prompts: a\nassets: 'https://x.y/${{ env.HOK }}'", "there is no `env.HOK`", "did you mean `env.HOOK`?"],
  ["prompts: a\nwatch: { folder: '${{ params.tone }}' }"],
  ["prompts: a\nwatch: { folder: '${{ input.stem }}' }", "it is not known yet"],
  ["prompts: a\nwatch: { folder: in, group: folder }\nexpect: { title: '${{ group.name }}' }"],
  ["prompts: a\nnotify: { on: failed, webhook: '${{ env.HOOK }}' }"],
  ["prompts: a\nnotify: { on: failed, command: [say, '${{ job.name }} failed'] }"],
  ["prompts: a\nnotify: { on: failed, command: [say, '${{ variant.name }}'] }", "it exists in `variants`"],
];

describe("names are known where they exist, and nowhere else", () => {
  test.each(names)("%s", (yaml, message, hint) => {
    const problems = problemsOf(all + yaml);
    if (message === undefined) expect(problems).toEqual([]);
    else {
      expect(problems.map((problem) => problem.message).join("\n")).toContain(message);
      expect(problems.length).toBe(1);
      if (hint !== undefined) expect(problems[0]?.hint).toContain(hint);
    }
  });

  test.each([
    ["a variant's own name", "variants: { name: v, prompt: '${{ variant.name }}' }"],
    ["a variant's name from a parameter", "variants: { name: '${{ params.tone }}' }"],
  ])("%s", (_what, yaml) => {
    expect(problemsOf(`prompts: a\nparams: { tone: x }\n${yaml}`)).toEqual([]);
  });

  test.each([
    ["a single input", "inputs: a.jpg", true],
    ["two inputs", "inputs: ['a.jpg', 'b.jpg']", false],
    ["no input", "", false],
    ["two inputs, one after the other", "inputs: ['a.jpg', 'b.jpg']\nbatch: sequence", true],
    ["a watched file", "watch: { folder: in }", true],
    ["a watched group", "watch: { folder: in, group: burst }", false],
  ])("`input` with %s", (_what, yaml, isKnown) => {
    const problems = problemsOf(`prompts: \${{ input.stem }}\n${yaml}`);
    expect(problems.map(({ code }) => code)).toEqual(isKnown ? [] : ["template-name"]);
  });

  test("any column may be in a file of rows; there are none without rows", () => {
    expect(problemsOf("prompts: ${{ row.any }}\nrows: a.csv")).toEqual([]);
    expect(problemsOf("prompts: ${{ row.any }}")[0]?.message).toContain("the recipe has no `rows`");
    expect(problemsOf("prompts: a\nexport: { to: '${{ variant.name }}' }")[0]?.message).toContain(
      "no `variants`",
    );
  });
});

describe("the place is exact, however the text is written", () => {
  test.each([
    ["prompts: make ${{ job.nam }} now", "1:23"],
    ["prompts: 'it''s ${{ job.nam }}'", "1:25"],
    ['prompts: "a\\tb \\"q\\" ${{ job.nam }}"', "1:30"],
    ["prompts: |\n  one\n  two ${{ job.nam }}\n", "3:15"],
    ["prompts: >\n  one\n  two ${{ job.nam }}\n\n  three ${{ job.nme }}", "3:15 5:17"],
    ["prompts: >-\n  one ${{\n  job.nam }}\n", "3:7"],
    ["prompts:\n  one two\n  three ${{ job.nam }}", "3:17"],
    ["prompts: ['${{ job.name }}', '${{ job.nam }}']", "1:39"],
    ["prompts: ${{ job.name }} ${{ job.name }} ${{ job.nam }}", "1:50"],
    ["prompts: ${ job.name } ${{ job.nam }}", "1:32"],
    ["prompts: 日本 ${{ job.nam }}", "1:21"],
    ["\uFEFFprompts: ${{ job.nam }}", "1:18"],
    ["a: b\r\nprompts: ${{ job.nam }}", "2:18"],
  ])("%j", (text, places) => {
    const found = problemsOf(text).filter(({ code }) => code === "template-name");
    expect(found.map((problem) => short(problem).split(" ")[0]).join(" ")).toBe(places);
  });
});

test("a text of nothing but mistakes is not told to the end", () => {
  const text = `prompts: "${"${{ x.y }} ".repeat(5000)}"`;
  expect(problemsOf(text).length).toBeLessThanOrEqual(200);
});
