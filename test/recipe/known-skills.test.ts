import { expect, test } from "vitest";
import { knownSkills, skillSheets } from "../../src/recipe/known-skills.ts";
import { readSkillFile } from "../../src/recipe/read-skill-file.ts";

test("the published versions", () => {
  expect(knownSkills).toEqual({
    "image-video": "1.0.0",
    "free-image-to-video-generator": "1.0.0",
    "ai-image-to-video-generator": "1.0.3",
    "joy-image-to-video": "1.0.0",
    "openai-image-to-video": "1.0.0",
  });
});

test.each(skillSheets)("$name is whole", ({ description, greeting, examples, prompt, formats, limits }) => {
  for (const text of [description, greeting, prompt, ...examples])
    expect(text.trim().length).toBeGreaterThan(10);
  expect(examples).toHaveLength(3);
  expect(formats).toContain("mp4");
  expect(limits.fileBytes).toBe(209_715_200);
});

test.each([
  ["---\nname: my-skill\nversion: 1.2.0\n---\n# My skill\n", { name: "my-skill", version: "1.2.0" }],
  [
    '\uFEFF---\r\nname: my-skill\r\nversion: "2"\r\nmetadata: { "a": { "b": [1] } }\r\ndescription: >\r\n  Long:\r\n  text\r\n---\r\n',
    { name: "my-skill", version: "2" },
  ],
  ["---\nname: my-skill\nversion: 1.5\n---", { name: "my-skill", version: "1.5" }],
])("%j", (text, skill) => {
  expect(readSkillFile(text, "SKILL.md")).toEqual(skill);
});

test.each([
  ["# My skill\n", "has no front matter: it begins with a line `---`"],
  ["---\nname: my-skill\n", "has no front matter: it begins with a line `---`"],
  ["---\nname: [\n---\n", "its front matter is no YAML"],
  ["---\n- a\n---\n", "its front matter is no map"],
  ["---\nname: My Skill\nversion: 1.0.0\n---\n", "has no `name` that is a slug"],
  ["---\nname: my-skill\n\n---\n", "has no `version`"],
  ["---\nname: &a my-skill\nversion: *a\n---\n", "its front matter is no YAML"],
])("%j is refused", (text, wrong) => {
  expect(readSkillFile(text, "SKILL.md")).toEqual({ wrong: expect.stringContaining(wrong) });
});
