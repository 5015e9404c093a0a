import { expect, test } from "vitest";
import { worstExitCode } from "../../src/cli/exit-code.ts";

test.each([
  [[], 0],
  [[0, 0], 0],
  [[0, 3], 3],
  [[3, 1, 0], 1],
  [[1, 75, 3], 75],
  [[75, 130], 130],
  [[130, 70, 1], 70],
  [[0, 2], 2],
])("of %j it is %i", (codes, worst) => {
  expect(worstExitCode(codes)).toBe(worst);
});
