import * as z from "zod";
import type { Prompt, Refinement, Variant } from "../recipe.ts";
import { checkSchema } from "./check-schema.ts";
import { kindSchemas } from "./kind-schemas.ts";
import { templated } from "./leaf.ts";
import { lateInputSchema, type LateInputData } from "./late-input-schema.ts";
import { fields, listOf, shortFor } from "./shapes.ts";

export type PromptData = Omit<Prompt, "place">;
export type RefinementData = Omit<Refinement, "place" | "inputs"> & {
  readonly inputs?: readonly LateInputData[];
};
export type VariantData = Omit<Variant, "place">;

const text = { ...kindSchemas.text, description: "The text that is sent." };
const prompt = templated("text", {
  description: "The text that is sent, in your own words.",
  examples: ["make a 10-second video of a sunset"],
});
const name = z.exactOptional(templated("text", { description: "What plans and logs call this turn." }));

export const promptSchema: z.ZodType<PromptData> = shortFor(
  { id: "prompt", short: text, keyOf: () => "prompt" },
  fields({ prompt, name }, { title: "Prompt", description: "One paid turn." }),
);

export const refinementSchema: z.ZodType<RefinementData> = shortFor(
  { id: "refinement", short: text, keyOf: () => "prompt" },
  fields(
    {
      prompt,
      name,
      unless: z.exactOptional(checkSchema),
      atMost: templated("count", {
        description: "How often it is sent at most while the draft does not meet `unless`.",
      }).prefault(1),
      inputs: z.exactOptional(
        listOf(lateInputSchema, {
          description: "Media that join now: uploaded right before this turn, behind all turns before.",
          examples: ["brand/logo.png"],
          min: 1,
        }),
      ),
    },
    {
      title: "Refinement",
      description: "A turn after the prompts; with `unless`, sent only where it is needed.",
    },
  ),
);

export const variantSchema: z.ZodType<VariantData> = fields(
  {
    name: templated("text", { description: "Its name, as in `${{ variant.name }}`.", examples: ["tall"] }),
    prompt: z.exactOptional(
      templated("text", {
        description: "One paid turn before the export. Without it the draft is exported as it stands.",
        examples: ["make it 9:16 for phones"],
      }),
    ),
    expect: z.exactOptional(checkSchema),
  },
  {
    id: "variant",
    title: "Variant",
    description: "Another version in the same session. Each builds on the one before.",
  },
);
