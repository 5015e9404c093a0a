import { describe, expect, test } from "vitest";
import { evaluateTemplate } from "../../src/recipe/evaluate-template.ts";
import { escapeGlob } from "../../src/recipe/escape-glob.ts";
import { parseRecipe } from "../../src/recipe/parse-recipe.ts";
import type { Template, TemplateKind } from "../../src/recipe/recipe.ts";
import { filterNames } from "../../src/recipe/template-filter-names.ts";
import { Liquid } from "liquidjs";

const place = { file: "promo.yaml", line: 3, column: 5 };
const template = (text: string, as: TemplateKind = "text"): Template => ({ template: text, place, as });

const scope = {
  params: { seconds: 15, tone: "calm", loud: true, list: "a,b", half: 7.5, evil: "${{ params.tone }}" },
  row: { name: "Cup & Co", empty: "", nothing: null, "unit price": 3 },
  job: { name: "promo", index: 1, total: 3 },
  run: { date: "2026-11-20", slot: "2026-11-20T09:00:00+01:00" },
};

describe("a template has its value", () => {
  test.each<[string, TemplateKind, unknown]>([
    ["make ${{ params.seconds }} s of ${{params.tone}}", "text", "make 15 s of calm"],
    ["${{ params.seconds }}", "text", "15"],
    ["${{ params.seconds }}", "scalar", 15],
    ["${{ params.loud }}", "scalar", true],
    ["${{ params.seconds }}0", "scalar", "150"],
    ["${{ params.seconds }}", "count", 15],
    ["1${{ job.index }}", "count", 11],
    ["${{ params.seconds }}", "integer", 15],
    ["${{ params.loud }}", "boolean", true],
    ["${{ params.seconds }}s", "durationMs", 15_000],
    ["${{ params.seconds }}d", "since", 1_296_000_000],
    ["last-run${{ row.empty }}", "since", "last-run"],
    ["${{ params.seconds }}s", "durationRange", { min: 15_000, max: 15_000 }],
    [
      "${{ params.seconds | minus: 1 }}s..${{ params.seconds | plus: 1 }}s",
      "durationRange",
      { min: 14_000, max: 16_000 },
    ],
    ["${{ params.seconds }}", "range", { min: 15, max: 15 }],
    ["${{ job.index }}..", "range", { min: 1 }],
    ["mp${{ job.total | plus: 1 }}", "format", "mp4"],
    ["${{ params.tone | replace: 'calm', 'low' }}", "quality", "low"],
    ["${{ params.seconds }}:9", "aspect", "15:9"],
    ["${{ 'de' }}", "language", "de"],
    ["${{ row['unit price'] }} ${{ row[\"name\"] }}", "text", "3 Cup & Co"],
    ["${{ row.name | slugify }}", "text", "cup-co"],
    ["${{ params.tone | upcase | append: '!' }}", "text", "CALM!"],
    ["${{ row.missing | default: 'x' }}", "text", "x"],
    ["${{ row.nothing | default: params.tone }}", "text", "calm"],
    ["${{ row.empty | default: 'x' }}", "text", "x"],
    ["${{ params.list | split: ',' | find: 'x', 1 | default: 'y' }}", "text", "y"],
    ["[${{ row.empty }}]", "text", "[]"],
    ["${{ params.list | split: ',' | join: ' + ' }}", "text", "a + b"],
    ["${{ params.list | split: ',' | size }}", "count", 2],
    ["${{ run.date | date: '%d.%m.%Y' }}", "text", "20.11.2026"],
    ["${{ run.slot | date: '%Y-%m-%d %H:%M' }}", "text", "2026-11-20 09:00"],
    ["${{ params.evil }}", "text", "${{ params.tone }}"],
    ["a ${{ params.evil }} b", "text", "a ${{ params.tone }} b"],
    ["{% if true %}{{ params.tone }}", "text", "{% if true %}{{ params.tone }}"],
    ["${{ '${{' }} stays", "text", "${{ stays"],
    ["${{ true }} ${{ 1.5 }} ${{ -3 }} ${{ 'a' }}", "text", "true 1.5 -3 a"],
  ])("%s as %s", (text, as, value) => {
    expect(evaluateTemplate(template(text, as), scope)).toEqual({ value });
  });
});

describe("nothing is silently empty", () => {
  test.each<[string, TemplateKind, string, string?]>([
    ["${{ params.secnds }}", "text", "`params.secnds` has no value here", "did you mean `params.seconds`?"],
    [
      "${{ params.title }}",
      "text",
      "`params.title` has no value here",
      "give it a value: `--param title=…`, or a `default:` in `params`",
    ],
    ["${{ parms.x }}", "text", "`parms` has no value here", "did you mean `params`?"],
    ["${{ input.stem }}", "text", "`input` has no value here"],
    ["${{ row.nothing }}", "text", "`row.nothing` is empty", "default"],
    ["a ${{ row.nothing }}", "text", "`row.nothing` is empty"],
    ["${{ row.empty }}", "text", "must not be empty"],
    ["${{ params.constructor }}", "text", "`params.constructor` has no value here"],
    ["${{ __proto__.x }}", "text", "`__proto__` has no value here"],
    ["${{ params.tone.length }}", "text", "`params.tone.length` has no value here"],
    ["${{ params }}", "text", "must be text"],
    ["a ${{ params.list | split: ',' }}", "text", "a list or a map cannot be put into a text"],
    ["${{ params.tone | default: row.gone }}", "text", "`row.gone` has no value here"],
    ["${{ params.tone | nope }}", "text", "there is no filter `nope`"],
    ["${{ params.tone | constructor }}", "text", "there is no filter `constructor`"],
    ["${{ 'now' | date: '%Y' }}", "text", "use `run.date`"],
    ["${{ params.tone | first | first | first | map: 'x' | first }}", "text", "no value"],
    ["${{ params.seconds | plus }}", "text", "`plus` needs a number: `| plus: 1`"],
    ["${{ params.list | split: ',' | join }}", "text", "`join` needs a text"],
    ["${{ params.seconds | divided_by: 0 }}", "text", "`divided_by` makes no number"],
    ["${{ params.tone | to_integer }}", "text", "`to_integer` makes no number"],
    ["${{ params.list | split: ',' | find: 'x', 1 | upcase }}", "text", "`find` has no value here"],
    ["${{ params.tone }}", "count", "must be a whole number"],
    ["${{ params.half }}", "integer", "must be a whole number"],
    ["${{ params.seconds }}", "durationMs", "must be a duration"],
    ["${{ params.tone }}", "format", "must be `mp4`"],
    ["${{ params.seconds", "text", "`}}` is missing"],
  ])("%s as %s", (text, as, message, hint) => {
    const evaluated = evaluateTemplate(template(text, as), scope);
    expect(evaluated).toMatchObject({
      problem: {
        severity: "error",
        code: "template-value",
        place,
        message: expect.stringContaining(message) as string,
      },
    });
    if (hint !== undefined && "problem" in evaluated) expect(evaluated.problem.hint).toContain(hint);
  });
});

test("what is substituted can be escaped, what is written stays", () => {
  const glob = template("in/*/${{ row.name }}/${{ params.evil }}?");
  expect(
    evaluateTemplate(glob, { row: { name: "a*[b]" }, params: { evil: "{c}" } }, { escape: escapeGlob }),
  ).toEqual({
    value: "in/*/a\\*\\[b\\]/\\{c\\}?",
  });
  expect(
    evaluateTemplate(template("${{ row.name }}"), { row: { name: "*.jpg" } }, { escape: escapeGlob }),
  ).toEqual({
    value: "\\*.jpg",
  });
});

test("a mistake that only the run can find is shown at its column", () => {
  const text = "prompts: >\n  make it\n  ${{ row.color }} and ${{ row.size }}\nrows: a.csv";
  const { recipe } = parseRecipe([{ file: "promo.yaml", dir: "/", text }]);
  const prompt = recipe?.prompts[0]?.prompt as Template<string>;
  expect(evaluateTemplate(prompt, { row: { color: "red" } })).toMatchObject({
    problem: { place: { line: 3, column: 32 }, excerpt: "  ${{ row.color }} and ${{ row.size }}" },
  });
});

describe("filters", () => {
  test("are those of the template library, but for expressions in text and chance", () => {
    const library = Object.keys(new Liquid().filters);
    const left = library.filter((name) => !filterNames.has(name));
    expect(left.sort()).toEqual([
      "find_exp",
      "find_index_exp",
      "group_by_exp",
      "has_exp",
      "reject_exp",
      "sample",
      "where_exp",
    ]);
    expect([...filterNames].filter((name) => !library.includes(name))).toEqual([]);
  });

  test.each([...filterNames])("%s never throws", (name) => {
    for (const args of ["", ": 1", ": 'a', 'b'", ": params.tone"])
      for (const value of ["params.tone", "params.seconds", "params.loud", "'2026-11-20'"]) {
        const evaluated = evaluateTemplate(template(`\${{ ${value} | ${name}${args} }}`, "scalar"), scope);
        expect("value" in evaluated || "problem" in evaluated).toBe(true);
      }
  });

  test("cannot make a text without end", () => {
    const tenfold = " | replace: 'a', 'aaaaaaaaaa'".repeat(12);
    expect(evaluateTemplate(template(`\${{ 'a'${tenfold} }}`), scope)).toMatchObject({
      problem: { code: "template-value" },
    });
    const many = template("${{ params.big }}".repeat(50));
    expect(evaluateTemplate(many, { params: { big: "x".repeat(60_000) } })).toMatchObject({
      problem: { message: expect.stringContaining("64 KiB") as string },
    });
  });
});

test("one template serves many jobs", () => {
  const shared = template("${{ row.n | plus: 1 }} of ${{ job.total }}");
  for (let n = 0; n < 1000; n++)
    expect(evaluateTemplate(shared, { row: { n }, job: { total: 1000 } })).toEqual({
      value: `${n + 1} of 1000`,
    });
});
