// What is wrong with a recipe, with line, column and a suggestion. Nothing is sent.
import { formatProblem, validateRecipe } from "nemo-recipe";

const [recipe = "holiday.yaml"] = process.argv.slice(2);
const { isValid, problems } = await validateRecipe({ recipe });
for (const problem of problems) console.error(formatProblem(problem));
console.log(isValid ? `${recipe} is valid` : `${problems.length} problems`);
