import { expect, test } from "vitest";
import { columnsOf } from "../../src/cli/columns-of.ts";

test.each([
  ["a terminal that knows", { isTTY: true, columns: 132 }, 132],
  ["a terminal that says 0", { isTTY: true, columns: 0 }, 80],
  ["a terminal that says nothing", { isTTY: true }, 80],
  ["a pipe", {}, 100],
])("%s", (_, stream, columns) => {
  expect(columnsOf(stream, 100)).toBe(columns);
});
