// A program that embeds the library; `abilities.ts` runs it on each runtime.
import { planRecipe, validateRecipe } from "../../src/index.ts";

const text: string = "prompts: a 1-second video";
const { isValid } = await validateRecipe({ text });
const { jobs, totals } = await planRecipe({ text, backend: "local" });
console.log(isValid, jobs.length, totals.turns);
