// The README's two commands are what `.ci/run` runs, to the letter, and they bring their own set-up.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseRecipe } from "../../src/recipe/parse-recipe.ts";
import { commandTable } from "../../src/cli/command-line/command-table.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const readme = read("README.md");
const shellBlocks = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block.trim());

describe("README", () => {
  test("begins with the two commands, each one line that does its own set-up", () => {
    expect(shellBlocks.slice(0, 2)).toEqual([
      "npm ci && npx nemo-recipe run examples/promo.yaml --local",
      "npm ci && npm test",
    ]);
  });

  test("is where .ci/run takes its commands from", () => {
    const script = read(".ci/run");
    expect(script).toContain("README.md");
    for (const [index, name] of [
      [1, "make_video"],
      [2, "run_tests"],
    ] as const) {
      expect(script).toContain(`${name}=$(command_of ${index})`);
      expect(script).toContain(`bash -euo pipefail -c "$${name}"`);
    }
  });

  test("speaks only of commands that there are", () => {
    const known = new Set(commandTable.map(({ name }) => name));
    const named = [...readme.matchAll(/\bnemo-recipe ([a-z]+)\b/g)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(5);
    expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
  });

  test("lists every command", () => {
    const missing = commandTable.filter(({ name }) => !new RegExp(`^\\| \`${name}[ \`]`, "m").test(readme));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  test("shows recipes that are valid", () => {
    const recipes = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
    expect(recipes.length).toBeGreaterThanOrEqual(2);
    const problems = recipes.flatMap(
      (text) => parseRecipe([{ file: "README.md", dir: root, text }]).problems,
    );
    expect(problems).toEqual([]);
  });

  test("links to files that are there", () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(
      ([, path = ""]) => path,
    );
    expect(links.length).toBeGreaterThan(5);
    for (const path of links) expect(() => read(path), path).not.toThrow(/ENOENT/);
  });
});
