import { describe, expect, it } from "vitest";
import { rawMember } from "../../src/nemo/raw-json.ts";
import { seededRandom, type Random } from "../support/seeded-random.ts";

describe("rawMember", () => {
  it.each<[string, string[], string | undefined]>([
    ['{"a":1}', ["a"], "1"],
    ['{"a":12345678901234567890}', ["a"], "12345678901234567890"],
    ['{"a": 1.0 , "b":2}', ["a"], "1.0"],
    ['{"a":{"b":{"c":[1,{"d":"}"}]}}}', ["a", "b"], '{"c":[1,{"d":"}"}]}'],
    ['{"a":"x\\"y}","b":null}', ["b"], "null"],
    ['{"a":"x\\\\","b":true}', ["b"], "true"],
    ['{"\\u0061":5}', ["a"], "5"],
    ['{"a":1,"a":2}', ["a"], "2"],
    [' \n{ "a" :\t[ ] }\n', ["a"], "[ ]"],
    ['{"a":1}', ["b"], undefined],
    ['{"a":1}', ["a", "b"], undefined],
    ["[1]", ["0"], undefined],
    ["{}", ["a"], undefined],
    ['{"é":"日本"}', ["é"], '"日本"'],
    ['{"a":-1.5e-7}', ["a"], "-1.5e-7"],
  ])("%j at %j", (text, path, expected) => {
    expect(rawMember(text, path)).toBe(expected);
  });

  it("agrees with JSON.parse on 2,000 random objects, however they are spaced", () => {
    const random = seededRandom(7);
    for (let round = 0; round < 2000; round++) {
      const value = { state: { before: randomValue(random, 3), draft: randomValue(random, 4), after: 1 } };
      const text = JSON.stringify(value, null, random.pick([0, 1, 4]));
      const raw = rawMember(text, ["state", "draft"]) ?? "";
      expect(JSON.parse(raw)).toEqual(value.state.draft);
      expect(text).toContain(raw);
    }
  });
});

function randomValue(random: Random, depth: number): unknown {
  const kind = depth === 0 ? random.between(0, 3) : random.between(0, 5);
  const text = (): string =>
    random.pick(["", '"', "\\", "a,b", "{", "]", "点击", "\u0000", 'x":{"y', "draft"]);
  if (kind === 0) return random.between(-1e9, 1e9) / 8;
  if (kind === 1) return text();
  if (kind === 2) return random.pick([true, false, null]);
  if (kind === 3) return random.next();
  const items = Array.from({ length: random.between(0, 4) }, () => randomValue(random, depth - 1));
  return kind === 4 ? items : Object.fromEntries(items.map((item, index) => [`${text()}${index}`, item]));
}
