import { fieldsOfLine } from "../../recipe/fields-of-line.ts";
import type { Input, Recipe } from "../../recipe/recipe.ts";
import type { LineMedia } from "../../recipe/recipe-line.ts";
import type { Talk } from "./talk.ts";

const place = { file: "chat", line: 1, column: 1, length: 1 };

/** The recipe that the conversation has grown to. `base` brings what the config says of every recipe. */
export function grownRecipe(base: Recipe, { name = base.name, line }: Talk): Recipe {
  const { assets, inputs, prompts, refinements, exports } = fieldsOfLine(line);
  const input = (media: LineMedia): Input => ({
    ...(media.kind === "file" ? { path: media.path } : { url: media.url }),
    optional: false,
    dir: base.dir,
    place,
  });
  return {
    ...base,
    name,
    assets: assets.map(input),
    inputs: inputs.map(input),
    prompts: prompts.map(({ prompt }) => ({ prompt, place })),
    refinements: refinements.map(({ prompt, atMost, inputs }) => {
      const turn = { prompt, atMost, place };
      return inputs.length === 0 ? turn : Object.assign(turn, { inputs: inputs.map(input) });
    }),
    export: exports.map(({ format, quality, path }) => ({ format, quality, to: path, place })),
  };
}
