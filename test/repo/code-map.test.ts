// docs/ARCHITECTURE.md and the tree tell the same story.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const document = readFileSync(join(root, "docs/ARCHITECTURE.md"), "utf8");
const row = /^\| `(\w+)\/` \| `([\w.-]+)` \| (.+) \|$/gm;
const map = [...document.matchAll(row)].map(([, folder = "", file = "", sentence = ""]) => ({
  folder,
  file,
  sentence,
}));

const hasCode = (folder: string): boolean =>
  readdirSync(join(root, "src", folder), { recursive: true, encoding: "utf8" }).some((name) =>
    name.endsWith(".ts"),
  );

/** The comment that a file begins with, as one line. */
function opening(file: string): string {
  const lines = readFileSync(file, "utf8").split("\n");
  const end = lines.findIndex((line) => !line.startsWith("//"));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^\/\/ ?/, ""))
    .join(" ");
}

describe("the code map", () => {
  test("lists every folder of src once", () => {
    const folders = readdirSync(join(root, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && hasCode(entry.name))
      .map(({ name }) => name);
    expect(map.map(({ folder }) => folder).sort()).toEqual(folders.sort());
  });

  test.each(map)("$folder/$file begins with the folder's sentence", ({ folder, file, sentence }) => {
    expect(opening(join(root, "src", folder, file)).replace(`${folder}/: `, "")).toContain(
      sentence.replace(/\.$/, ""),
    );
  });

  test("names no file that is not there", () => {
    const named = [
      ...document.matchAll(/`((?:src|test|docs|bench|recipes|examples|schemas|\.ci)\/[\w./-]+\.\w+)`/g),
    ];
    expect(named.length).toBeGreaterThan(10);
    expect(named.map(([, path = ""]) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test("names no import rule that is not there", async () => {
    const { default: config } = await import("../../.ci/dependency-cruiser.config.mjs");
    const rules = new Set(config.forbidden.map(({ name }) => name));
    const named = [...document.matchAll(/import rule `([\w-]+)`/g)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !rules.has(name))).toEqual([]);
  });
});
