// Writes schemas/*.schema.json from the sources that check the same data at run time. `npm run schemas`
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recipeJsonSchema } from "../src/recipe/recipe-schema.ts";

/** File name → its schema. Add a line for each new kind of data. */
const schemas: Readonly<Record<string, () => object>> = {
  "recipe.schema.json": recipeJsonSchema,
};

const folder = join(import.meta.dirname, "..", "schemas");
mkdirSync(folder, { recursive: true });
for (const [name, make] of Object.entries(schemas))
  writeFileSync(join(folder, name), `${JSON.stringify(make(), null, 2)}\n`);
