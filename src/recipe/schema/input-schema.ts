import * as z from "zod";
import type { Input } from "../recipe.ts";
import { isAddress } from "./is-address.ts";
import { plain, templated } from "./leaf.ts";
import { kindSchemas } from "./kind-schemas.ts";
import type { ExportData } from "./export-schema.ts";
import { exportSchema } from "./export-schema.ts";
import { fields, listOf, shortFor } from "./shapes.ts";
import type { PromptData, RefinementData } from "./turn-schemas.ts";
import { promptSchema, refinementSchema } from "./turn-schemas.ts";

export interface InputData extends Omit<Input, "place" | "dir" | "prompts" | "refinements" | "export"> {
  readonly prompts?: readonly PromptData[];
  readonly refinements?: readonly RefinementData[];
  readonly export?: readonly ExportData[];
}

const input = fields(
  {
    path: z.exactOptional(
      templated("text", {
        description: "A file, a folder (the media directly in it) or a glob, from the recipe's folder.",
        examples: ["photos/*.{jpg,png}"],
      }),
    ),
    url: z.exactOptional(
      templated("text", {
        description: "Address of a file.",
        examples: ["https://cdn.example.com/intro.mp4"],
      }),
    ),
    name: z.exactOptional(templated("text", { description: "What plans and logs call it." })),
    optional: plain("boolean", { description: "Whether it may match nothing." }).prefault(false),
    since: z.exactOptional(
      templated("since", {
        description:
          "Only files changed since: a duration back from now, or `last-run` (files not yet delivered).",
        examples: ["7d", "last-run"],
      }),
    ),
    prompts: z.exactOptional(
      listOf(promptSchema, {
        description: "In place of the recipe's, for this input (`each`, `sequence`).",
        min: 1,
      }),
    ),
    refinements: z.exactOptional(
      listOf(refinementSchema, {
        description: "In place of the recipe's, for this input (`each`, `sequence`).",
      }),
    ),
    export: z.exactOptional(
      listOf(exportSchema, {
        description: "In place of the recipe's, for this input (`each`, `sequence`).",
        min: 1,
      }),
    ),
  },
  { title: "Input", description: "Media to upload: a path, folder, glob or URL." },
);

export const inputSchema: z.ZodType<InputData> = shortFor(
  {
    id: "input",
    short: { ...kindSchemas.text, description: "A path, folder, glob or URL." },
    keyOf: (raw) => (isAddress(raw) ? "url" : "path"),
  },
  input,
);
