import path from "node:path";
import { expect, test } from "vitest";
import { proven } from "../support/proven.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { exportsOf, planFor, planWorld } from "../support/plan-for.ts";
import { rounds } from "../support/rounds.ts";

const rowCount = rounds(1700);

const pieces = [
  "..",
  "../",
  "..\\",
  "/",
  "\\",
  "/etc/",
  "C:\\",
  "\\\\host\\share\\",
  "~",
  "\u0000",
  "\n",
  "\u001b[2J",
  "\u202e",
  " ",
  ". ",
  "con",
  "NUL.",
  "aux",
  ":",
  "*",
  "?",
  "|",
  "${{ env.HOME }}",
  "{{ row.a }}",
  "{% include '/etc/passwd' %}",
  "ä",
  "🎬",
  "\ud800",
  "a".repeat(260),
  "-",
  ".",
] as const;

const tos = [
  "out/${{ row.name }}.mp4",
  "${{ row.name }}.mp4",
  "out/${{ row.a }}/${{ row.b }}.mp4",
  "${{ row.a }}${{ row.b }}/${{ job.name }}.mp4",
  "./${{ row.a }}${{ row.name }}${{ row.b }}.mp4",
  "${{ recipe.dir }}/${{ row.a }}/${{ row.b }}${{ export.index }}.mp4",
];

test(`X3: ${rowCount * tos.length} hostile rows lead nowhere but into the output folder`, async () => {
  const random = seededRandom(20);
  const hostile = (): string =>
    Array.from({ length: random.between(0, 5) }, () => random.pick(pieces)).join("");
  let outputs = 0;
  for (const to of tos) {
    const rows = Array.from({ length: rowCount }, (_, index) => ({
      name: hostile(),
      a: hostile(),
      b: `${hostile()}${index}`,
    }));
    const recipe = `rows: rows.json\nprompts: '\${{ row.b | default: "x" }}'\nexport: { to: '${to}' }`;
    for (const outDir of [undefined, "/else/where"]) {
      const world = planWorld({ "rows.json": JSON.stringify(rows) });
      const plan = await planFor(recipe, world, outDir === undefined ? {} : { outDir });
      const base = outDir ?? "/work";
      const errors = new Set(plan.problems.map(({ code }) => code));
      for (const code of errors)
        expect(["output-outside", "output-collision", "output-format"]).toContain(code);
      for (const { job } of plan.jobs) {
        for (const { path: file } of exportsOf(job)) {
          outputs += 1;
          const way = path.posix.relative(base, file);
          expect(
            way === "" || way === ".." || way.startsWith("../") || path.posix.isAbsolute(way),
            file,
          ).toBe(false);
          expect(path.posix.normalize(file)).toBe(file);
        }
      }
    }
  }
  expect(outputs).toBeGreaterThanOrEqual(rowCount * 5.5);
  proven("X3", `${outputs} outputs of hostile rows and templates: 0 outside the output folder`, "20");
});
