import { describe, expect, it } from "vitest";
import type { ExportStep, PlannedJob, Step } from "../../src/plan/planned-job.ts";
import { exportKey, turnKey } from "../../src/plan/step-keys.ts";
import { refinedLike, withRefinement } from "../../src/plan/with-refinement.ts";
import { plannedJob, sha256 } from "../support/planned-job.ts";

const turn = (prompt: string, name: "prompt" | "refinement" | "variant" = "prompt") =>
  ({ turn: name, prompt, atMost: 1 }) as const;

/** Upload, turn, its exports, another turn, its export: what variants are. */
function job(...more: readonly string[]): PlannedJob {
  const plain = plannedJob({ turns: [{ prompt: "make a video" }], exports: 2 });
  const steps: Step[] = [...plain.steps];
  let key = plain.paidKey;
  for (const prompt of more) {
    key = turnKey(key, turn(prompt), sha256);
    steps.push({ kind: "turn", key, ...turn(prompt) });
    const settings = { draftKey: key, format: "mp4", quality: "high", path: `/out/${prompt}.mp4` } as const;
    steps.push({ kind: "export", key: exportKey(settings, sha256), ...settings, shownPath: `${prompt}.mp4` });
  }
  return { ...plain, steps, paidKey: key };
}

const exportsOf = ({ steps }: PlannedJob): ExportStep[] =>
  steps.flatMap((one) => (one.kind === "export" ? [one] : []));
const promptsOf = ({ steps }: PlannedJob): string[] =>
  steps.flatMap((one) => (one.kind === "turn" ? [one.prompt] : []));

describe("withRefinement", () => {
  it("puts the turn behind the draft that was seen, and moves all behind it", () => {
    const asked = job("tall");
    const first = asked.steps.find(({ kind }) => kind === "turn")?.key ?? "";
    const refined = withRefinement(asked, { after: first, prompt: "larger" }, sha256);
    expect(promptsOf(refined)).toEqual(["make a video", "larger", "tall"]);
    const [, , larger, wide, gif, tall, last] = refined.steps;
    expect(refined.steps.slice(0, 2)).toEqual(asked.steps.slice(0, 2));
    expect(larger).toMatchObject({
      turn: "refinement",
      key: turnKey(first, turn("larger", "refinement"), sha256),
    });
    for (const made of [wide, gif]) expect(made).toMatchObject({ kind: "export", draftKey: larger?.key });
    expect(last).toMatchObject({ kind: "export", draftKey: tall?.key });
    expect(refined.paidKey).toBe(tall?.key);
    expect(refined.baseKey).toBe(asked.baseKey);
    expect(exportsOf(refined).map(({ path }) => path)).toEqual(exportsOf(asked).map(({ path }) => path));
    const keys = new Set([...asked.steps, ...refined.steps].map(({ key }) => key));
    expect(keys.size).toBe(asked.steps.length + refined.steps.length - 2);
  });

  it("a recipe that is asked for again is refined as it was", () => {
    const asked = job();
    const once = withRefinement(asked, { after: asked.paidKey, prompt: "larger" }, sha256);
    const twice = withRefinement(once, { after: once.paidKey, prompt: "quieter" }, sha256);
    expect(twice.refined).toEqual({
      askedKey: asked.paidKey,
      refinements: [
        { after: asked.paidKey, prompt: "larger" },
        { after: once.paidKey, prompt: "quieter" },
      ],
    });
    expect(refinedLike(asked, twice, sha256)).toEqual(twice);
    expect(promptsOf(refinedLike(job("tall"), twice, sha256) ?? asked)).toEqual([
      "make a video",
      "larger",
      "quieter",
      "tall",
    ]);
  });

  it.each([
    ["it was never refined", job(), job()],
    [
      "it is another job",
      withRefinement(job(), { after: job().paidKey, prompt: "larger" }, sha256),
      plannedJob({ turns: [{ prompt: "other" }] }),
    ],
  ])("nothing is refined where %s", (_, former, asked) => {
    expect(refinedLike(asked, former, sha256)).toBeUndefined();
  });

  it("a recipe that took the refinement up itself is the same history, and is not refined once more", () => {
    const asked = job();
    const former = withRefinement(asked, { after: asked.paidKey, prompt: "larger" }, sha256);
    const { refined: _, ...adopted } = former;
    expect(refinedLike(adopted, former, sha256)).toBeUndefined();
    expect(adopted.paidKey).toBe(former.paidKey);
  });
});
