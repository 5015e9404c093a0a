import type * as z from "zod";
import type { Converted } from "../convert.ts";
import { choose, convert } from "../convert.ts";
import { nearMiss } from "../../base/near-miss.ts";
import type { ReviewRule } from "../recipe.ts";
import { kindSchemas } from "./kind-schemas.ts";
import { leaf } from "./leaf.ts";
import { isMap } from "./shapes.ts";

const ends = ["approve", "stop"] as const;

/** `true`, or a deadline and what happens then; false for none. */
export const reviewSchema: z.ZodType<ReviewRule | false> = leaf(
  readReview,
  {
    anyOf: [
      { type: "boolean" },
      {
        type: "object",
        properties: {
          deadline: { ...kindSchemas.durationMs, description: "How long the job waits for a person." },
          // oxlint-disable-next-line unicorn/no-thenable -- the recipe's own word, in a JSON Schema that nobody awaits
          then: { type: "string", enum: ends, description: "What happens at the deadline. Default: stop." },
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

function readReview(raw: unknown): Converted<ReviewRule | false> {
  if (raw === false) return { value: false };
  if (raw === true) return { value: { atDeadline: "stop" } };
  const message = "must be `true`, or `{ deadline: 2h, then: approve }`";
  if (!isMap(raw)) return { message };
  const unknown = Object.keys(raw).find((key) => key !== "deadline" && key !== "then");
  if (unknown !== undefined) {
    const near = nearMiss(unknown, ["deadline", "then"]);
    return {
      message: `has no key \`${unknown}\``,
      ...(near !== undefined && { hint: `did you mean \`${near}\`?` }),
    };
  }
  if (raw["deadline"] === undefined) return { message: `${message}: without a deadline nothing comes then` };
  const deadline = convert("durationMs", raw["deadline"]);
  if (!("value" in deadline))
    return { ...deadline, message: `needs a \`deadline\` that is a duration such as \`2h\`` };
  const end = choose(ends, raw["then"] ?? "stop");
  if (!("value" in end)) return { ...end, message: `has a \`then\` that ${end.message}` };
  return { value: { deadlineMs: deadline.value, atDeadline: end.value } };
}
