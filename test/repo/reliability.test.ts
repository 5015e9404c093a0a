// docs/RELIABILITY.md answers for every promise, by tests that are there and say which promise they show.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { promises } from "../../.ci/promises.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const row = /^\| ([RWSHX]\d+) \| (.+?) \| (.+?) \| (.*?) \| `(.+?)` \| (.+?) \| (\d{4}-\d\d-\d\d) \|$/gm;
const rows = [...readFileSync(join(root, "docs/RELIABILITY.md"), "utf8").matchAll(row)].map(
  ([, id = "", says = "", shown = "", , file = "", commit = ""]) => ({ id, says, shown, file, commit }),
);

const wanted = [
  ...Array.from({ length: 10 }, (_, index) => `R${index + 1}`),
  ...Array.from({ length: 6 }, (_, index) => `W${index + 1}`),
  ...Array.from({ length: 5 }, (_, index) => `S${index + 1}`),
  ...Array.from({ length: 6 }, (_, index) => `H${index + 1}`),
  ...Array.from({ length: 6 }, (_, index) => `X${index + 1}`),
  "X8",
];

describe("promises", () => {
  test("each has its tests", () => {
    expect(promises.map(({ id }) => id)).toEqual(wanted);
  });

  test.each(promises)("$id: $says", ({ id, tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const file of tests) expect(readFileSync(join(root, file), "utf8")).toMatch(`"${id}",`);
  });

  test.each(promises)(
    "$id stands in docs/RELIABILITY.md with numbers and a commit",
    ({ id, says, tests }) => {
      const own = rows.filter((one) => one.id === id);
      expect(own.length).toBeGreaterThan(0);
      for (const { says: written, shown, file, commit } of own) {
        expect(written).toBe(says);
        expect(shown).toMatch(/\d/);
        expect(tests).toContain(file);
        expect(existsSync(join(root, file))).toBe(true);
        expect(commit).toMatch(/^[0-9a-f]{8}/);
      }
    },
  );
});
