import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPairs } from "../../../src/cli/read-pairs.ts";
import { sortArguments } from "../../../src/cli/recipes/sort-arguments.ts";

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "nemo-args-"));
  mkdirSync(join(dir, "photos"));
  for (const file of ["a.jpg", "film.MP4", "promo.yaml", "odd.recipe"]) writeFileSync(join(dir, file), "");
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test.each([
  [["promo.yaml", "a.jpg", "photos"], ["promo.yaml"], ["a.jpg", "photos"]],
  [["-", "film.MP4"], ["-"], ["film.MP4"]],
  [["image-video", "odd.recipe"], ["image-video", "odd.recipe"], []],
  [["missing.yaml"], ["missing.yaml"], []],
])("%j: recipes %j, inputs %j", async (args, recipes, inputs) => {
  expect(await sortArguments(args, dir)).toEqual({ recipes, inputs });
});

test("a picture that is not there is no recipe", async () => {
  await expect(sortArguments(["b.jpg"], dir)).rejects.toThrow("there is no file b.jpg");
});

test("standard input is read once", async () => {
  await expect(sortArguments(["-", "-"], dir)).rejects.toThrow("one recipe only");
});

test("parameters are pairs, the last of a name wins", () => {
  expect(readPairs(["a=1", "b=x=y", "a=2", "c="])).toEqual({ a: "2", b: "x=y", c: "" });
  expect(() => readPairs(["seconds"])).toThrow("name=value");
  expect(() => readPairs(["=1"])).toThrow("name=value");
});
