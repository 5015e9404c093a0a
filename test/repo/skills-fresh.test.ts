// docs/skills.md is what the skills are, and what comes of each row: done here with one skill each, by PROOF=1 with all.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { skillDocs } from "../../.ci/skill-docs.ts";
import { skillSheets } from "../../src/recipe/known-skills.ts";
import { runSkillRow, skillRows, skillsFor } from "../support/skill-rows.ts";

const text = readFileSync(join(fileURLToPath(new URL("../..", import.meta.url)), "docs/skills.md"), "utf8");
const [, table = ""] = text.split("|---|---|\n");
const told = [...table.matchAll(/^\| (.+) \| (.+) \|$/gm)].map(([, what = "", outcome = ""]) => ({
  what,
  outcome,
}));
const done = skillRows.flatMap((row) =>
  skillsFor(row).map((sheet) => ({ row, sheet, what: row.what, skill: sheet.name })),
);

describe("docs/skills.md", () => {
  test("is written from the skills and has every row", () => {
    expect(text).toBe(skillDocs(told));
    expect(told.map(({ what }) => what)).toEqual(skillRows.map(({ what }) => what));
    expect(new Set(done.map(({ skill }) => skill)).size).toBe(skillSheets.length);
  });

  test.concurrent.each(done)("$what, with $skill", async ({ row, sheet, what }) => {
    const { text: outcome, strayCalls } = await runSkillRow(row, sheet);
    expect(strayCalls).toEqual([]);
    expect({ what, outcome }).toEqual(told.find((one) => one.what === what));
  });
});
