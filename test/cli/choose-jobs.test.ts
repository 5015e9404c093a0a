import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { callAt } from "../support/call-at.ts";
import type { CalledCli } from "../support/call-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

let dir = "";
beforeEach(() => {
  dir = tempDir();
  writeFileSync(
    join(dir, "recipe.yaml"),
    "name: promo\nmatrix: { mood: [calm, wild, odd] }\nprompts: make a 1-second ${{ matrix.mood }} video\nexport: { quality: low }\n",
  );
});

const call = (args: string): Promise<CalledCli> => callAt({ dir }, `${args} --local`);

async function planned(args: string): Promise<readonly string[]> {
  const { stdout } = await call(`plan --json ${args}`.trim());
  const { jobs } = JSON.parse(stdout) as { jobs: { name: string; index: number; total: number }[] };
  return jobs.map(({ name, index, total }) => `${name} ${index}/${total}`);
}

describe("which jobs of a recipe are meant", () => {
  test.each([
    ["--only *-wild", ["promo-wild 2/3"]],
    ["--only *-wild --only promo-o*", ["promo-wild 2/3", "promo-odd 3/3"]],
    ["--first 2", ["promo-calm 1/3", "promo-wild 2/3"]],
    ["--first 1 --only *d*", ["promo-wild 2/3"]],
    ["--first 9", ["promo-calm 1/3", "promo-wild 2/3", "promo-odd 3/3"]],
  ])("%s", async (args, jobs) => {
    expect(await planned(args)).toEqual(jobs);
  });

  test("a name that no job has is a mistake that lists the jobs", async () => {
    const none = await call("run --only tall");
    expect(none.exitCode).toBe(2);
    expect(none.stderr).toMatch(/no job is called "tall"[^]*promo-calm, promo-wild, promo-odd/);
  });

  test("run makes only those, and the rest later, each once", async () => {
    expect((await call("run --only *-odd")).stdout).toBe("out/promo-odd.mp4\n");
    const rest = await call("run");
    expect(rest.exitCode).toBe(0);
    expect(rest.stdout.trim().split("\n").sort()).toEqual(["out/promo-calm.mp4", "out/promo-wild.mp4"]);
    expect(rest.stderr).toContain("1 up to date");
  });
});

test("a saved plan is run as it stands, and refused once jobs are chosen otherwise", async () => {
  expect((await call("plan --save plan.json --first 1")).exitCode).toBe(0);
  expect(JSON.parse(readFileSync(join(dir, "plan.json"), "utf8"))).toMatchObject({ type: "plan" });
  const other = await call("run --plan plan.json");
  expect(other.exitCode).toBe(3);
  expect(other.stderr).toContain("promo-wild, promo-odd");
  expect(await call("run --plan plan.json --first 1")).toMatchObject({
    exitCode: 0,
    stdout: "out/promo-calm.mp4\n",
  });
  expect((await call("run --plan plan.json --first 1")).exitCode).toBe(3);
  expect(await call("run --plan missing.json")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("there is no missing.json") as string,
  });
});
