import { describe, expect, test } from "vitest";
import { checkParam, readParam } from "../../src/recipe/read-param.ts";
import type { Param } from "../../src/recipe/recipe.ts";

type Rules = Parameters<typeof readParam>[0];

describe("a parameter is read from text", () => {
  test.each<[Rules, string, unknown]>([
    [{ type: "string" }, " as it is ", " as it is "],
    [{ type: "string" }, "", ""],
    [{ type: "string" }, "15", "15"],
    [{ type: "integer" }, " 15 ", 15],
    [{ type: "integer" }, "-3", -3],
    [{ type: "integer" }, "+3", 3],
    [{ type: "number" }, "1.5", 1.5],
    [{ type: "number" }, ".5", 0.5],
    [{ type: "number" }, "1e3", 1000],
    [{ type: "boolean" }, "true", true],
    [{ type: "boolean" }, "False", false],
    [{ type: "string", enum: ["calm", "loud"] }, "calm", "calm"],
    [{ type: "integer", min: 5, max: 60 }, "60", 60],
    [{ type: "string", pattern: "^[a-z]+(-[a-z]+)*$" }, "a-b-c", "a-b-c"],
  ])("%j from %j", (param, text, value) => {
    expect(readParam(param, text)).toEqual({ value });
  });

  test.each<[Rules, string, string, string?]>([
    [{ type: "integer" }, "1.5", "1.5 is not a whole number"],
    [{ type: "integer" }, "abc", '"abc" is not a whole number'],
    [{ type: "integer" }, "", '"" is not a whole number'],
    [{ type: "integer" }, "0x10", '"0x10" is not a whole number'],
    [{ type: "integer" }, "99999999999999999999", "is not a whole number"],
    [{ type: "number" }, "1,5", '"1,5" is not a number'],
    [{ type: "number" }, "Infinity", '"Infinity" is not a number'],
    [{ type: "number" }, "1e999", "Infinity is not a number"],
    [{ type: "boolean" }, "yes", '"yes" is not true or false'],
    [
      { type: "string", enum: ["calm", "loud"] },
      "cam",
      '"cam" is not one of "calm", "loud"',
      'did you mean "calm"?',
    ],
    [{ type: "number", enum: [1, 2] }, "3", "3 is not one of 1, 2"],
    [{ type: "integer", min: 5 }, "4", "4 is less than the least value, 5"],
    [{ type: "integer", max: 60 }, "61", "61 is more than the greatest value, 60"],
    [{ type: "string", pattern: "^x$" }, "y", '"y" does not match the pattern ^x$'],
    [{ type: "string", pattern: "(" }, "y", "the pattern cannot be read"],
    [{ type: "string", pattern: "x" }, "x".repeat(5000), "longer than 4096"],
  ])("%j refuses %j", (param, text, message, hint) => {
    const read = readParam(param, text);
    expect(read).toMatchObject({ message: expect.stringContaining(message) as string });
    if (hint !== undefined) expect(read).toMatchObject({ hint });
  });
});

test.each<[Param["type"], unknown, boolean]>([
  ["string", "a", true],
  ["string", 5, false],
  ["integer", 5, true],
  ["integer", 5.5, false],
  ["integer", "5", false],
  ["number", 5.5, true],
  ["boolean", true, true],
  ["boolean", "true", false],
  ["string", null, false],
])("a %s as a value: %j", (type, value, fits) => {
  expect("value" in checkParam({ type }, value as string)).toBe(fits);
});
