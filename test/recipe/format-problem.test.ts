import { describe, expect, test } from "vitest";
import { formatProblem } from "../../src/recipe/format-problem.ts";
import type { Problem } from "../../src/recipe/problem.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { problemsOf } from "./parse.ts";

const shown = (text: string): string =>
  problemsOf(text)
    .map((problem) => formatProblem(problem))
    .join("\n\n");

describe("a problem as people read it", () => {
  test("place, line, caret, and the next step", () => {
    expect(shown("prompts: a\nrefinement: b\nexpect:\n  aspect: wide\n")).toBe(`\
promo.yaml:2:1: unknown-key: \`refinement\` is not a field of a recipe
  2 | refinement: b
    | ^^^^^^^^^^
  did you mean \`refinements\`?

promo.yaml:4:11: bad-value: \`expect.aspect\` must be a ratio in quotes such as "16:9" or "9:16", not \`wide\`
  4 |   aspect: wide
    |           ^^^^`);
  });

  test("a warning says so", () => {
    expect(shown("prompts: a\nwatch: { quiet: 5s }").split("\n")[0]).toBe(
      "promo.yaml:2:17: warning: needs-other: `watch.quiet` does nothing without `group: folder` or `group: burst`",
    );
  });

  test("tabs and wide characters keep the caret in its column", () => {
    expect(shown('prompts: "日本\t🎬 e\u0301 ${{ job.nam }}"')).toBe(`\
promo.yaml:1:28: template-name: there is no \`job.nam\`
  1 | prompts: "日本  🎬 e\u0301 \${{ job.nam }}"
    |                              ^^^
  did you mean \`job.name\`?`);
  });

  test("a long line is cut around the caret", () => {
    const lines = shown(`prompts: "${"x".repeat(300)} \${{ job.nam }} ${"y".repeat(300)}"`).split("\n");
    expect(lines[1]?.length).toBeLessThan(120);
    expect(lines[1]?.slice((lines[2] ?? "").indexOf("^")).startsWith("nam")).toBe(true);
    expect(lines[1]).toContain("| …xxx");
    expect(lines[1]?.endsWith("y…")).toBe(true);
  });

  test("without a place there is only the sentence", () => {
    const problem: Problem = {
      severity: "error",
      code: "not-found",
      message: "there is no recipe x",
      hint: "look",
    };
    expect(formatProblem(problem)).toBe("not-found: there is no recipe x\n  look");
  });

  test("each part can have its colour", () => {
    const painted = formatProblem(problemsOf("name: a")[0] as Problem, {
      color: (style, text) => `<${style}>${text}</>`,
    });
    expect(painted).toBe(`\
<place>promo.yaml:1:1</>: <error>missing-key</>: a recipe needs \`prompts\`
<excerpt>  1 | name: a</>
    | <caret>^^^^^^^</>
<hint>  the smallest recipe is one line: prompts: make a 10-second video of a sunset</>`);
  });
});

test("no text of a recipe reaches the terminal as a control", () => {
  const random = seededRandom(7);
  const marks = [
    "\u001B[31m",
    "\u0007",
    "\u009B2J",
    "\u202E",
    "\u0000",
    "\r",
    "\u001B]0;x\u0007",
    "\uFEFF",
    "\u2028",
    "a",
    " ",
    "${{",
    "}}",
    "\uD800",
    "\t",
  ];
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: 12 }, () => random.pick(marks)).join("");
    const problems: Problem[] = [
      ...problemsOf(`prompts: "${text}\${{ ${text} }}"\n${text}: 1`),
      {
        severity: "error",
        code: "not-found",
        message: text,
        hint: text,
        place: { file: text, line: 1, column: random.between(1, 40), length: random.between(1, 40) },
        excerpt: text,
      },
    ];
    for (const problem of problems)
      expect(formatProblem(problem).replaceAll("\n", "")).not.toMatch(
        /\p{Cc}|[\u202A-\u202E\u2028\u2066-\u2069\uFEFF]/u,
      );
  }
});
