import * as z from "zod";
import type { Check } from "../recipe.ts";
import { templated } from "./leaf.ts";
import { fields } from "./shapes.ts";

const tracks = fields(
  {
    video: z.exactOptional(templated("range", { description: "How many video tracks.", examples: ["1.."] })),
    audio: z.exactOptional(templated("range", { description: "How many audio tracks.", examples: [1] })),
    text: z.exactOptional(templated("range", { description: "How many text tracks.", examples: ["1.."] })),
  },
  { title: "Tracks", description: "How many tracks of each kind there are." },
);

/** `unless` and `expect`: what a draft or a file must be. */
export const checkSchema: z.ZodType<Check> = fields(
  {
    duration: z.exactOptional(
      templated("durationRange", {
        description: "How long it is: a range, or one value (± 250 ms).",
        examples: ["15s", "14s..16s"],
      }),
    ),
    width: z.exactOptional(
      templated("range", { description: "Width in pixels.", examples: [1920, "1280.."] }),
    ),
    height: z.exactOptional(templated("range", { description: "Height in pixels.", examples: [1080] })),
    aspect: z.exactOptional(
      templated("aspect", { description: "Ratio of width to height.", examples: ["16:9"] }),
    ),
    tracks: z.exactOptional(tracks),
    title: z.exactOptional(templated("text", { description: "A part of the title.", examples: ["Spring"] })),
    format: z.exactOptional(templated("format", { description: "Format of the file.", examples: ["mp4"] })),
  },
  { id: "check", title: "Check", description: "What a draft or a file must be. Each is a value or a range." },
);
