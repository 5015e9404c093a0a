import { nearMiss } from "../../base/near-miss.ts";
import type { Command } from "../call.ts";
import { usage } from "../stop.ts";

const schemas: Readonly<Record<string, () => Promise<object>>> = {
  recipe: async () => (await import("../../recipe/recipe-schema.ts")).recipeJsonSchema(),
  config: async () => (await import("../../config/config-schema.ts")).configJsonSchema(),
  event: async () => (await import("../../report/event-schema.ts")).eventJsonSchema(),
};

/** Prints a JSON Schema. */
export const schema: Command = async ({ args, screen }) => {
  const [of = "recipe"] = args;
  const make = Object.hasOwn(schemas, of) ? schemas[of] : undefined;
  if (make === undefined) {
    const near = nearMiss(of, Object.keys(schemas));
    throw usage(
      `there is no schema "${of}"`,
      near === undefined ? "known: recipe, config, event" : `did you mean "${near}"?`,
    );
  }
  screen.out(JSON.stringify(await make(), null, 2));
  return 0;
};
