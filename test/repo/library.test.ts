// docs/library.md and examples/library name what the library has, and nothing else. `.ci/try-package.ts` runs the examples.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as library from "../../src/index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const docs = read("docs/library.md");
const examples = readdirSync(join(root, "examples/library"));

describe("the library", () => {
  test("exports each name by name, and says above each function what it is for", () => {
    const index = read("src/index.ts");
    expect(index).not.toMatch(/export \*/);
    const lines = index.split("\n");
    const bare = lines.filter((line, nth) => line.startsWith("export {") && !lines[nth - 1]?.endsWith("*/"));
    // These stand with the line above them.
    expect(bare.map((line) => /\w+/.exec(line.slice(8))?.[0])).toEqual(["RunRefused", "Bug"]);
  });

  test("every example is in the docs, and imports what there is", () => {
    expect(examples.filter((name) => !docs.includes(`examples/library/${name}`))).toEqual([]);
    const used = examples.flatMap((name) => {
      const names = /import \{([^}]+)\} from "nemo-recipe"/.exec(read(`examples/library/${name}`))?.[1] ?? "";
      return names.split(",").map((part) => part.trim());
    });
    expect(used.filter((name) => !name.startsWith("type ") && !(name in library))).toEqual([]);
    for (const name of ["parseRecipe", "validateRecipe", "planRecipe", "runRecipe", "startEmulator"])
      expect(used).toContain(name);
  });

  test("what the docs name is there", () => {
    const named = [...docs.matchAll(/`(\w+)(?:\([^`]*\))?`/g)].map(([, name = ""]) => name);
    const functions = named.filter((name) =>
      /^(?:run|plan|validate|parse|start|load|create|open)[A-Z]/.test(name),
    );
    expect(functions.length).toBeGreaterThan(8);
    expect(functions.filter((name) => !(name in library))).toEqual([]);
  });

  test("every field of the request is in the docs", () => {
    const request = read("src/cli/library/recipe-request.ts");
    const fields = [...request.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name]) => name);
    expect(fields.length).toBeGreaterThan(15);
    expect(fields.filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
  });
});
