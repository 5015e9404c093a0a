// `inputs` of a refinement: media that join in the middle of a job.
import { describe, expect, test } from "vitest";
import { planFor, planWorld, problemsOf, told } from "../support/plan-for.ts";

const world = planWorld({
  "a.jpg": "a",
  "b.jpg": "b",
  "logo.jpg": "l",
  "late/2.jpg": "2",
  "late/10.jpg": "10",
});

describe("inputs of a refinement", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "are uploaded right before it, behind the turns before",
      "inputs: a.jpg\nprompts: p\nrefinements: [r1, { prompt: r2, inputs: logo.jpg }, r3]",
      ["↑ a.jpg", '"p"', '"r1"', "↑ logo.jpg", '"r2"', '"r3"', "→ out/promo.mp4"],
    ],
    [
      "may be globs, folders and addresses",
      "prompts: p\nrefinements: { prompt: r, inputs: [late/*.jpg, { url: 'https://x.test/y.png' }] }",
      ['"p"', "↑ 2.jpg", "↑ 10.jpg", "↑ https://x.test/y.png", '"r"', "→ out/promo.mp4"],
    ],
    [
      "may have templates",
      "params: { brand: logo }\nprompts: p\nrefinements: { prompt: 'add ${{ params.brand }}', inputs: '${{ params.brand }}.jpg' }",
      ['"p"', "↑ logo.jpg", '"add logo"', "→ out/promo.mp4"],
    ],
    [
      "join each block of a sequence",
      "batch: sequence\ninputs: [a.jpg, b.jpg]\nprompts: p\nrefinements: { prompt: r, inputs: logo.jpg }",
      [
        "↑ a.jpg",
        '"p"',
        "↑ logo.jpg",
        '"r"',
        "→ out/promo-a.mp4",
        "↑ b.jpg",
        '"p"',
        "↑ logo.jpg",
        '"r"',
        "→ out/promo-b.mp4",
      ],
    ],
    [
      "of one input's own refinements",
      "batch: sequence\ninputs: [{ path: a.jpg, refinements: { prompt: r, inputs: logo.jpg } }, b.jpg]\nprompts: p",
      ["↑ a.jpg", '"p"', "↑ logo.jpg", '"r"', "→ out/promo-a.mp4", "↑ b.jpg", '"p"', "→ out/promo-b.mp4"],
    ],
    [
      "may be absent where they say so",
      "prompts: p\nrefinements: { prompt: r, inputs: { path: no.jpg, optional: true } }",
      ['"p"', '"r"', "→ out/promo.mp4"],
    ],
  ])("%s", async (_, recipe, steps) => {
    const plan = await planFor(recipe, world);
    expect(problemsOf(plan)).toEqual([]);
    expect(told(plan.jobs[0]!.job)).toEqual(steps);
  });

  test("a file that joins later is another history than one that was there from the start", async () => {
    const keyOf = async (recipe: string): Promise<string | undefined> =>
      (await planFor(recipe, world)).jobs[0]?.job.paidKey;
    const late = await keyOf("prompts: p\nrefinements: { prompt: r, inputs: logo.jpg }");
    expect(late).not.toBe(await keyOf("inputs: logo.jpg\nprompts: p\nrefinements: r"));
    expect(late).not.toBe(await keyOf("prompts: p\nrefinements: { prompt: r, inputs: a.jpg }"));
  });

  test("one that is missing is a problem at its place, with what was meant", async () => {
    const plan = await planFor("prompts: p\nrefinements:\n  - prompt: r\n    inputs: lago.jpg", world);
    expect(problemsOf(plan)).toEqual(["4: input-missing"]);
  });

  test.each([
    ["{ path: a.jpg, url: 'https://x.test/b.png' }", /not both/],
    ["{ name: x }", /needs a `path` or a `url`/],
    ["{ url: nowhere }", /must be an address/],
    ["{ path: a.jpg, since: 7d }", /since/],
  ])("%s is refused", async (input, message) => {
    await expect(planFor(`prompts: p\nrefinements: { prompt: r, inputs: ${input} }`, world)).rejects.toThrow(
      message,
    );
  });
});
