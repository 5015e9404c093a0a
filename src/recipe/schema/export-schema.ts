import * as z from "zod";
import type { Export } from "../recipe.ts";
import { templated } from "./leaf.ts";
import { fields } from "./shapes.ts";

export type ExportData = Omit<Export, "place">;

export const exportSchema: z.ZodType<ExportData> = fields(
  {
    format: templated("format", { description: "Format of the file." }).prefault("mp4"),
    quality: templated("quality", { description: "Quality of the file." }).prefault("high"),
    to: z.exactOptional(
      templated("text", {
        description:
          "Where the file goes, from the recipe's folder. Default: `out/${{ job.name }}.${{ export.format }}`, with `-${{ variant.name }}` where there are variants.",
        examples: ["out/${{ job.name }}.mp4"],
      }),
    ),
  },
  {
    id: "export",
    title: "Export",
    description: "One file that is rendered from the finished draft. Exports are free.",
  },
);
