import type * as z from "zod";
import { convert, type Converted } from "../convert.ts";
import type { ReviewRule } from "../recipe.ts";
import { kindSchemas } from "./kind-schemas.ts";
import { choice, plain } from "./leaf.ts";
import { leafOrMap } from "./leaf-or-map.ts";
import { fields } from "./shapes.ts";

const ends = ["approve", "stop"] as const;

const aboutDeadline = { description: "How long the job waits for a person." };
const aboutThen = { description: "What happens at the deadline. Default: stop." };

const rule = fields(
  {
    deadline: plain("durationMs", aboutDeadline),
    // oxlint-disable-next-line unicorn/no-thenable -- the recipe's own word, in a shape that nobody awaits
    then: choice(ends, aboutThen).prefault("stop"),
  },
  { title: "Review", description: "A review that does not wait for ever." },
).transform(({ deadline, then }): ReviewRule | false => ({ deadlineMs: deadline, atDeadline: then }));

/** `true`, or a deadline and what happens then; false for none. */
export const reviewSchema: z.ZodType<ReviewRule | false> = leafOrMap(
  { read: readSwitch, map: rule },
  {
    anyOf: [
      { type: "boolean" },
      {
        type: "object",
        properties: {
          deadline: { ...kindSchemas.durationMs, ...aboutDeadline },
          // oxlint-disable-next-line unicorn/no-thenable -- the recipe's own word, in a JSON Schema that nobody awaits
          then: { type: "string", enum: ends, ...aboutThen },
        },
        required: ["deadline"],
        additionalProperties: false,
      },
    ],
  },
  {
    description:
      "The job stops before it exports, with a preview and the timeline, until somebody approves or refines it.",
    examples: [true],
  },
);

function readSwitch(raw: unknown): Converted<ReviewRule | false> {
  if (raw === false) return { value: false };
  if (raw === true) return { value: { atDeadline: "stop" } };
  const meant = convert("boolean", raw);
  const hint = "hint" in meant && meant.hint !== undefined ? { hint: meant.hint } : {};
  return { ...hint, message: "must be `true`, or `{ deadline: 2h, then: approve }`" };
}
