// plan-rows.ts <rows>: the plan of a recipe with so many rows, keys and path checks included.
import { sha256 } from "../../src/cli/sha256.ts";
import { planRun } from "../../src/executor/plan-run.ts";
import type { Files } from "../../src/executor/ports.ts";
import { diskFiles } from "../../src/files/disk-files.ts";
import { memoryJournal } from "../../src/journal/memory-journal.ts";
import { pathsFor } from "../../src/plan/paths.ts";
import { parseRecipe } from "../../src/recipe/parse-recipe.ts";
import { measureHere } from "./measure-here.ts";
import { clock } from "./open-service.ts";
import { productRows } from "./product-rows.ts";

const rows = productRows(Number(process.argv[2]));
const text = `rows: products.json
prompts: make a 10-second promo for \${{ row.title }} with \${{ row.tone }} music
refinements: show the title "\${{ row.title }}" for the first 3 seconds
export: { format: mp4, to: "out/\${{ row.name }}.mp4" }
`;
const { recipe, problems } = parseRecipe([{ file: "/nowhere/recipe.yaml", dir: "/nowhere", text }]);
if (recipe === undefined) throw new Error(JSON.stringify(problems));
const files: Files = { ...diskFiles({ clock }), readRows: async () => rows };
const ports = {
  files,
  journal: memoryJournal(clock),
  service: { credits: async () => ({ available: 1, frozen: 0, total: 1 }) },
  hash: sha256,
};

await measureHere(async () => {
  const plan = await planRun(
    {
      recipes: [recipe],
      params: {},
      env: {},
      language: "en",
      run: { id: "run_1", startedAtMs: clock.now(), timezone: "UTC" },
      backend: "local",
      account: "a",
      poll: { stateMs: 200, renderMs: 200 },
      cwd: "/nowhere",
      paths: pathsFor(false),
      overrides: {},
      balance: "when-paying",
    },
    ports,
  );
  if (plan.jobs.length !== rows.length)
    throw new Error(`${plan.jobs.length} jobs: ${plan.problems[0]?.message}`);
});
