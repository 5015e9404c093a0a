import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
import { expect, test } from "vitest";
import { failureCodes, type FailureCode } from "../../src/base/failure-codes.ts";
import { Failure } from "../../src/base/failure.ts";
import { refusalCodes, type RefusalCode } from "../../src/cli/refusal-codes.ts";
import { reportError } from "../../src/cli/report-error.ts";
import { screenFor } from "../../src/cli/screen.ts";
import { Stop } from "../../src/cli/stop.ts";

/** What a user reads of an error. */
async function told(error: unknown): Promise<string> {
  let printed = "";
  const stderr = new PassThrough().setEncoding("utf8").on("data", (text: string) => (printed += text));
  const io = { stdout: new PassThrough(), stderr, env: {} } as unknown as Parameters<typeof screenFor>[0];
  const screen = screenFor(io, {}, (text) => text);
  await reportError(error, { screen, flags: {}, command: "run" });
  stderr.end();
  await finished(stderr);
  return printed;
}

test.each(Object.keys(failureCodes) as FailureCode[])(
  "the failure %s is printed with its code",
  async (code) => {
    const failure = new Failure({ code, message: "It went wrong.", hint: "Do this.", sent: "not-sent" });
    expect(await told(failure)).toBe(`error: ${code}: It went wrong.\nDo this.\n`);
  },
);

test.each(Object.keys(refusalCodes) as RefusalCode[])(
  "the refusal %s is printed with its code",
  async (code) => {
    expect(await told(new Stop(2, "It is wrong.", { code, hint: "Do this." }))).toBe(
      `error: ${code}: It is wrong.\nDo this.\n`,
    );
  },
);

test("problems have their own codes", async () => {
  const problem = { severity: "error", code: "unknown-key", message: "`a` is not a field" } as const;
  expect(await told(new Stop(2, "", { problems: [problem] }))).toBe("unknown-key: `a` is not a field\n");
});

test("a bug says how to report it", async () => {
  expect(await told(new TypeError("x is not a function"))).toMatch(/^bug: nemo-recipe run .*\n[^]*issues/);
});
