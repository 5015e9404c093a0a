import * as z from "zod";
import type { Scalar } from "../../base/json.ts";
import type { Param } from "../recipe.ts";
import { choice, leaf, plain } from "./leaf.ts";
import { fields, listOf, shortFor } from "./shapes.ts";

/** As written; whether its parts fit each other is checked after. */
export interface ParamData extends Pick<Param, "required" | "min" | "max" | "pattern" | "description"> {
  readonly type?: Param["type"];
  readonly default?: Scalar;
  readonly enum?: readonly Scalar[];
}

const bound = (description: string): z.ZodType<number> =>
  leaf(
    (raw) =>
      typeof raw === "number" && Number.isFinite(raw) ? { value: raw } : { message: "must be a number" },
    { type: "number" },
    { description },
  );

export const paramSchema: z.ZodType<ParamData> = shortFor(
  {
    id: "param",
    short: { type: ["string", "number", "boolean"], description: "The default value." },
    keyOf: () => "default",
  },
  fields(
    {
      type: z.exactOptional(
        choice(["string", "integer", "number", "boolean"], {
          description: "Type of the value. Default: that of `default`, else string.",
        }),
      ),
      default: z.exactOptional(plain("scalar", { description: "The value where none is given." })),
      required: plain("boolean", { description: "Whether a value must be given." }).prefault(false),
      enum: z.exactOptional(
        listOf(plain("scalar", { description: "A value." }), {
          description: "The values that are taken.",
          min: 1,
        }),
      ),
      min: z.exactOptional(bound("The smallest number that is taken.")),
      max: z.exactOptional(bound("The largest number that is taken.")),
      pattern: z.exactOptional(
        plain("text", {
          description: "A regular expression that a text must match somewhere; `^…$` for the whole of it.",
          examples: ["^[A-Z]{2}\\d+$"],
        }),
      ),
      description: z.exactOptional(plain("text", { description: "What it is for." })),
    },
    { title: "Parameter", description: "A typed parameter, or just its default value." },
  ),
);
