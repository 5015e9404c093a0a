// Writes docs/skills.md: does every row of its table with every skill against the emulator. `npm run docs`
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { skillSheets } from "../src/recipe/known-skills.ts";
import { runSkillRow, skillRows } from "../test/support/skill-rows.ts";
import { skillDocs } from "./skill-docs.ts";

const rows = [];
for (const row of skillRows) {
  const outcomes = new Set<string>();
  for (const sheet of skillSheets) {
    const { text, strayCalls } = await runSkillRow(row, sheet);
    if (strayCalls.length > 0)
      throw new Error(`${row.what} with ${sheet.name}: calls without attribution: ${strayCalls.join()}`);
    outcomes.add(text);
  }
  const [outcome = "", other] = outcomes;
  if (other !== undefined) throw new Error(`${row.what}: the skills differ: ${outcome} | ${other}`);
  rows.push({ what: row.what, outcome });
}
writeFileSync(join(import.meta.dirname, "..", "docs", "skills.md"), skillDocs(rows));
