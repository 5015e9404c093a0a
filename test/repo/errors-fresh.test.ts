// docs/errors.md is what the tables of codes say; `npm run docs` writes it anew. No code is left over.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { errorDocs } from "../../.ci/error-docs.ts";
import { failureCodes } from "../../src/base/failure-codes.ts";
import { refusalCodes } from "../../src/cli/refusal-codes.ts";
import { problemCodes } from "../../src/recipe/problem-codes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tables = ["failure-codes.ts", "problem-codes.ts", "refusal-codes.ts"];
const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !tables.some((table) => name.endsWith(table)))
  .map((name) => readFileSync(join(root, "src", name), "utf8"))
  .join("\n");

describe("errors", () => {
  test("docs/errors.md is fresh", () => {
    expect(readFileSync(join(root, "docs/errors.md"), "utf8")).toBe(errorDocs());
  });

  test.each([
    ["failure", failureCodes],
    ["problem", problemCodes],
    ["refusal", refusalCodes],
  ])("every %s of the table is said somewhere", (_kind, codes) => {
    expect(Object.keys(codes).filter((code) => !sources.includes(`"${code}"`))).toEqual([]);
  });
});
