import * as z from "zod";
import type { LateInput } from "../recipe.ts";
import { isAddress } from "./is-address.ts";
import { kindSchemas } from "./kind-schemas.ts";
import { plain, templated } from "./leaf.ts";
import { fields, shortFor } from "./shapes.ts";

export type LateInputData = Omit<LateInput, "place" | "dir">;

/** What a refinement brings along. */
export const lateInputSchema: z.ZodType<LateInputData> = shortFor(
  {
    id: "lateInput",
    short: { ...kindSchemas.text, description: "A path, folder, glob or URL." },
    keyOf: (raw) => (isAddress(raw) ? "url" : "path"),
  },
  fields(
    {
      path: z.exactOptional(
        templated("text", { description: "A file, a folder or a glob, from the recipe's folder." }),
      ),
      url: z.exactOptional(templated("text", { description: "Address of a file." })),
      name: z.exactOptional(templated("text", { description: "What plans and logs call it." })),
      optional: plain("boolean", { description: "Whether it may match nothing." }).prefault(false),
    },
    { title: "Late input", description: "Media that join in the middle: a path, folder, glob or URL." },
  ),
);
