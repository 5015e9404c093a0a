import { expect, it } from "vitest";
import { skillPlatform } from "../../src/nemo/skill-platform.ts";

it.each<[string | undefined, string, string]>([
  ["my-host", "/home/me/.clawhub/x.js", "my-host"],
  [undefined, "/home/me/.clawhub/skills/x.js", "clawhub"],
  ["", "/home/me/.cursor/skills/x.js", "cursor"],
  [undefined, "C:\\Users\\me\\.cursor\\skills\\x.js", "cursor"],
  [undefined, "/home/me/.cursor/x.js", "unknown"],
  [undefined, "/usr/bin/nemo-recipe", "unknown"],
  ["  ", "/usr/bin/nemo-recipe", "unknown"],
  ["a\r\nX-Evil: 1", "/", "aX-Evil:1"],
])("SKILL_SOURCE=%j at %j is %s", (source, path, expected) => {
  expect(skillPlatform(source, path)).toBe(expected);
});
