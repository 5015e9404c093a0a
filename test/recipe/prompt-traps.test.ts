import { describe, expect, test } from "vitest";
import { problemsOf, recipeOf, short } from "./parse.ts";

/** Texts that YAML would alter, and the line to paste. */
const traps: readonly (readonly [text: string, at: string, paste: string])[] = [
  ["prompts: make it #1 in town", "1:18 yaml-comment-in-text", 'prompts: "make it #1 in town"'],
  ["prompts:\n  - make it # note", "2:13 yaml-comment-in-text", '- "make it # note"'],
  ["prompts:\n  - { prompt: make it } # note", "", ""],
  ["prompts:\n  - prompt: make it # note", "2:21 yaml-comment-in-text", '- prompt: "make it # note"'],
  ["prompts:\n  - name: a # fine\n    prompt: b", "", ""],
  ['prompts:\n  - "make it" # fine', "", ""],
  ["prompts: # fine\n  - make it", "", ""],
  ["prompts: | # fine\n  make it # sent", "", ""],
  ["prompts:\n  - make it\n  # fine\n  - b", "", ""],
  ["prompts:\n  make it\n  blue #1", "3:8 yaml-comment-in-text", '"make it blue #1"'],
  ['prompts: say "hi" # note', "1:19 yaml-comment-in-text", `prompts: 'say "hi" # note'`],
  ["prompts: a\nrefinements: b # c", "2:16 yaml-comment-in-text", 'refinements: "b # c"'],
  ["prompts: a\nvariants: [{ name: v, prompt: b #1 }\n ]", "", "closed"],
  ["prompts: a\nvariants:\n  - name: v\n    prompt: b #1", "4:15 yaml-comment-in-text", 'prompt: "b #1"'],
  [
    "batch: each\nprompts: a\ninputs:\n  - path: p\n    prompts: b #1\n    refinements: [c, d]",
    "5:16 yaml-comment-in-text",
    'prompts: "b #1"',
  ],
  [
    "prompts: [make it blue, with stars]",
    "1:10 yaml-list-in-text",
    'prompts: ["make it blue", "with stars"]',
  ],
  ["prompts: [make it blue, with stars]", "1:10 yaml-list-in-text", 'prompts: "make it blue, with stars"'],
  ["prompts: [\n  make it blue, with stars ]", "1:10 yaml-list-in-text", '"make it blue, with stars"'],
  ["prompts: [\n  make it blue,\n  add stars\n]", "", ""],
  ['prompts: ["a, b", c]', "", ""],
  ["prompts: [one]", "", ""],
  ["prompts: a\nrefinements: [b, c]", "2:14 yaml-list-in-text", 'refinements: ["b", "c"]'],
  ["prompts:\n  - a\n    - b", "3:5 yaml-list-in-text", '- "a - b"'],
  ["inputs:\n  - a.jpg\n   - b.jpg\nprompts: a", "3:4 yaml-list-in-text", '- "a.jpg - b.jpg"'],
  ["prompts:\n  - a\n    -b\n  - c", "3:5 yaml-list-in-text", '- "a -b"'],
  ["prompts:\n  -a\n  -b", "2:3 yaml-list-in-text", '"-a -b"'],
  ["prompts:\n  a\n  -- b", "", ""],
  ["prompts:\n  - show the title: Spring", "2:5 yaml-map-in-text", '- "show the title: Spring"'],
  ["prompts:\n  - show: Spring # now", "2:5 yaml-map-in-text", '- "show: Spring # now"'],
  ["prompts:\n  - make it big:", "2:5 yaml-map-in-text", '- "make it big:"'],
  ["prompts:\n  show the title: Spring", "2:3 yaml-map-in-text", '"show the title: Spring"'],
  ["prompts: a\nrefinements:\n  - end with: a bang", "3:5 yaml-map-in-text", '- "end with: a bang"'],
  [
    "prompts: a\nvariants:\n  - name: v\n    prompt:\n      make it: tall",
    "5:7 yaml-map-in-text",
    '"make it: tall"',
  ],
  ["prompts: [make it: blue]", "1:11 yaml-map-in-text", 'prompts: ["make it: blue"]'],
  ["prompts:\n  - promt: a", "2:5 unknown-key", "prompt"],
  ["prompts: show the title: Spring", "1:10 yaml-syntax", 'prompts: "show the title: Spring"'],
  ["prompts:\n  - prompt: show: Spring", "2:13 yaml-syntax", '- prompt: "show: Spring"'],
  ["prompts:\n  - 2026", "2:5 yaml-number-in-text", '- "2026"'],
  ["prompts: 1.50", "1:10 yaml-number-in-text", 'prompts: "1.50"'],
  ["prompts: true", "1:10 yaml-number-in-text", 'prompts: "true"'],
  ["prompts: null", "1:10 yaml-number-in-text", 'prompts: "null"'],
  ["prompts: ~", "1:10 yaml-number-in-text", 'prompts: "~"'],
  ["prompts: @home", "1:10 yaml-syntax", 'prompts: "@home"'],
  ["prompts: `code`", "1:10 yaml-syntax", 'prompts: "`code`"'],
  ["prompts:\n  - %done", "2:5 yaml-syntax", '- "%done"'],
  ["prompts: *bold* text", "1:17 yaml-syntax", 'prompts: "*bold* text"'],
  ["prompts: &more text", "1:10 yaml-alias", 'prompts: "&more text"'],
  ["prompts: !important text", "1:10 yaml-tag", 'prompts: "!important text"'],
  ["prompts: > text", "1:12 yaml-syntax", 'prompts: "> text"'],
  ["prompts: [intro] make it", "1:18 yaml-syntax", 'prompts: "[intro] make it"'],
  ['prompts: "Hello" and more', "1:18 yaml-syntax", `prompts: '"Hello" and more'`],
  ["prompts: 'it's fine'", "1:14 yaml-syntax", `prompts: "it's fine"`],
];

describe("text that YAML would alter is an error with the line to paste", () => {
  test.each(traps)("%j", (text, at, paste) => {
    const found = problemsOf(text).filter(({ severity }) => severity === "error");
    if (at === "" && paste === "") expect(found).toEqual([]);
    else if (at === "") expect(found[0]?.message).toContain(paste);
    else {
      const problem = found.find((one) => short(one) === at);
      expect(problem?.hint, found.map(short).join("\n")).toContain(paste);
    }
  });

  test("the pasted line is read as the text that was meant", () => {
    let pasted = 0;
    for (const [text, at] of traps) {
      if (!/yaml-(comment|map|number)-in-text/.test(at) || text.includes("\n")) continue;
      const hint = problemsOf(text)[0]?.hint ?? "";
      const line = /quote it: (.*?)(?: — |$)/.exec(hint)?.[1] ?? "";
      expect(recipeOf(line).prompts.map(({ prompt }) => prompt)).toEqual([
        /^prompts: (\[?)(.*?)\]?$/.exec(text)?.[2],
      ]);
      pasted++;
    }
    expect(pasted).toBeGreaterThan(5);
  });

  test("each mistake of a text is told once", () => {
    for (const [text, at] of traps)
      if (at.includes("-in-text")) expect(problemsOf(text).map(short), text).toContain(at);
    expect(problemsOf("prompts:\n  - show the title: Spring").map(short)).toEqual(["2:5 yaml-map-in-text"]);
    expect(problemsOf("prompts: 2026").map(short)).toEqual(["1:10 yaml-number-in-text"]);
  });
});

test("a comment line that may be meant as text is a warning", () => {
  const [problem, ...more] = problemsOf("prompts:\n  - make a video\n    #1 in the world\n");
  expect(more).toEqual([]);
  expect(problem).toMatchObject({ severity: "warning", code: "yaml-comment-in-text" });
  expect(problem?.hint).toContain('- "make a video #1 in the world"');
});
