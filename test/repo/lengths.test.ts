// Sizes that a reader can take in. The linter measures functions; this keeps the limits themselves, and the files.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const limits = { file: 300, testFile: 400, function: 70, params: 3, folders: 16, medianFile: 90 };

/** Files that are longer than they should be, with their length. It may only get shorter. */
const exceptions: Readonly<Record<string, number>> = {};

const code = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|mts|js|mjs)$/.test(name))
    .map((name) => join(folder, name));
const linesOf = (file: string): number => readFileSync(join(root, file), "utf8").trimEnd().split("\n").length;
const source = code("src");

describe("lengths", () => {
  test.each([
    { files: source, most: limits.file },
    { files: code("examples"), most: limits.file },
    { files: code("test"), most: limits.testFile },
  ])("no file of $files.length is longer than $most lines", ({ files, most }) => {
    expect(files.length).toBeGreaterThan(0);
    const long = files.filter((file) => linesOf(file) > (exceptions[file] ?? most));
    expect(long.map((file) => `${file}: ${linesOf(file)}`)).toEqual([]);
  });

  test("an exception is as long as it says, or it goes", () => {
    const stale = Object.entries(exceptions).filter(
      ([file, lines]) => linesOf(file) !== lines || lines <= limits.file,
    );
    expect(stale).toEqual([]);
  });

  test("half of the files are short", () => {
    const lengths = source.map(linesOf).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(limits.medianFile);
  });

  test("the linter holds functions, parameters and files to the same limits", () => {
    const { rules } = JSON.parse(readFileSync(join(root, ".oxlintrc.json"), "utf8")) as {
      rules: Record<string, unknown>;
    };
    expect(rules["max-lines"]).toEqual(["error", { max: limits.file }]);
    expect(rules["max-lines-per-function"]).toEqual(["error", { max: limits.function }]);
    expect(rules["max-params"]).toEqual(["error", { max: limits.params }]);
  });

  test("src switches the linter off for one line at a time, saying why, and the compiler never", () => {
    const lines = source.flatMap((file) => readFileSync(join(root, file), "utf8").split("\n"));
    const off = lines.filter((line) => /(?:eslint|oxlint)-disable/.test(line));
    expect(off.filter((line) => !/\/\/ oxlint-disable-next-line [\w/-]+ -- \w/.test(line))).toEqual([]);
    expect(lines.filter((line) => /@ts-(?:ignore|nocheck|expect-error)/.test(line))).toEqual([]);
  });

  test("src has few folders, none of them a drawer for odds and ends", () => {
    const folders = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(folders.length).toBeLessThanOrEqual(limits.folders);
    const drawers = /(^|\/)(utils?|helpers?|types|common|misc)(\.ts|\/)|manager|helper/i;
    expect(source.map((file) => relative("src", file)).filter((file) => drawers.test(file))).toEqual([]);
  });
});
