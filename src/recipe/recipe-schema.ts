import * as z from "zod";
import { spellings } from "./schema/shapes.ts";
import { recipeSchema } from "./schema/whole-recipe.ts";

type Json = Record<string, unknown>;

/** The recipe language as JSON Schema, for editors: it takes the short spellings too. */
export function recipeJsonSchema(): Json {
  return z.toJSONSchema(recipeSchema, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      const examples = z.globalRegistry.get(zodSchema)?.["examples"];
      if (examples !== undefined) jsonSchema.examples = examples as unknown[];
      const spelling = spellings.get(zodSchema);
      if (spelling?.oneOrList === true) takeOne(jsonSchema as Json);
      if (spelling?.short !== undefined) takeShort(jsonSchema as Json, spelling.short);
    },
  }) as Json;
}

const restOfExtended = { const: "...", description: "The list of the recipe that is extended." };

/** A list for which one item may stand. */
function takeOne(schema: Json): void {
  const { type, items, minItems } = schema;
  for (const key of ["type", "items", "minItems"]) delete schema[key];
  const item = { anyOf: [items, restOfExtended] };
  schema["anyOf"] = [items, { type, items: item, ...(minItems !== undefined && { minItems }) }];
}

/** A map for which a shorter value may stand. */
function takeShort(schema: Json, short: Json): void {
  const { id: _id, ...whole } = schema;
  for (const key of Object.keys(schema)) delete schema[key];
  schema["anyOf"] = [short, whole];
}
