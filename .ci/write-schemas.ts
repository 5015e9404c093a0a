// Writes schemas/*.schema.json from the sources that check the same data at run time. `npm run schemas`
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configJsonSchema } from "../src/config/config-schema.ts";
import { recipeJsonSchema } from "../src/recipe/recipe-schema.ts";
import { eventJsonSchema } from "../src/report/event-schema.ts";

/** File name → its schema. Add a line for each new kind of data. */
const schemas: Readonly<Record<string, () => object>> = {
  "config.schema.json": configJsonSchema,
  "event.schema.json": eventJsonSchema,
  "recipe.schema.json": recipeJsonSchema,
};

const folder = join(import.meta.dirname, "..", "schemas");
mkdirSync(folder, { recursive: true });
for (const [name, make] of Object.entries(schemas))
  writeFileSync(join(folder, name), `${JSON.stringify(make(), null, 2)}\n`);
