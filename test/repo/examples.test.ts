// The examples are what they are said to be: valid, planned as their comments promise, and small to download.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { callCli } from "../support/call-cli.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const examples = join(root, "examples");
const recipes = readdirSync(examples).filter((name) => name.endsWith(".yaml"));
const pictures = readdirSync(examples, { recursive: true, encoding: "utf8" }).filter((name) =>
  /\.(jpg|png|heic)$/.test(name),
);

/** How many videos each makes: jobs, and outputs in all. */
const promised: Readonly<Record<string, readonly [jobs: number, outputs: number]>> = {
  "before-after.yaml": [1, 2],
  "each.yaml": [4, 4],
  "from-csv.yaml": [3, 3],
  "promo.yaml": [1, 1],
  "reel.yaml": [1, 1],
  "reviewed.yaml": [1, 2],
  "sizes.yaml": [1, 3],
  "smallest.yaml": [1, 1],
  "tones.yaml": [4, 4],
};

describe("examples", () => {
  test("are all tried here", () => expect(recipes.sort()).toEqual(Object.keys(promised)));

  test.each(recipes)("%s is valid and begins with its schema", async (name) => {
    const text = readFileSync(join(examples, name), "utf8");
    expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=../schemas/recipe.schema.json");
    const checked = await callCli(["validate", `examples/${name}`], { cwd: root });
    expect(checked.exitCode, checked.stderr).toBe(0);
  });

  test.each(recipes)("%s plans what it promises", async (name) => {
    const [jobs, outputs] = promised[name] ?? [];
    const env = { NEMO_RECIPE_STATE_DIR: join(tmpdir(), `nemo-examples-${process.pid}`) };
    const out = join(tmpdir(), `nemo-examples-out-${process.pid}`);
    const plan = await callCli(["plan", `examples/${name}`, "--local", "--json", "--out", out], {
      cwd: root,
      env,
    });
    expect(plan.exitCode, plan.stderr).toBe(0);
    const planned = JSON.parse(plan.stdout) as { jobs: { steps: { step: string }[] }[] };
    expect(planned.jobs).toHaveLength(jobs ?? 0);
    const steps = planned.jobs.flatMap((job) => job.steps);
    expect(steps.filter(({ step }) => step === "export")).toHaveLength(outputs ?? 0);
  });

  test("hold at least five photos, small to download", () => {
    expect(pictures.filter((name) => name.startsWith("photos")).length).toBeGreaterThanOrEqual(5);
    const sizes = pictures.map((name) => statSync(join(examples, name)).size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(350_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(1_800_000);
  });
});
