import { expect, test } from "vitest";
import { failureCodes, type FailureCode } from "../../src/base/failure-codes.ts";
import { Failure, type Sent } from "../../src/base/failure.ts";
import { worstExitCode } from "../../src/cli/exit-code.ts";
import { exitCodeOf } from "../../src/cli/stop.ts";

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

const special: Readonly<Partial<Record<FailureCode, number>>> = {
  "no-credits": 3,
  "over-budget": 3,
  "job-busy": 75,
  "turn-unknown": 75,
  interrupted: 130,
};

test.each(Object.keys(failureCodes) as FailureCode[])("a command that ends with %s", (code) => {
  const exitCode = (sent: Sent): number => exitCodeOf(new Failure({ code, message: "m", sent }));
  expect(exitCode("not-sent")).toBe(special[code] ?? 1);
  const ofTheDisk = code === "journal-failed" || code === "disk-full" || code === "disk-error";
  expect(exitCode("maybe-sent")).toBe(ofTheDisk ? 75 : (special[code] ?? 1));
});
