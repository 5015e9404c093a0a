// What is wrong with a recipe, with line, column and a suggestion. Nothing is sent.
import { formatProblem, loadRecipe } from "nemo-recipe";

const [path = "holiday.yaml"] = process.argv.slice(2);
const { recipe, problems } = await loadRecipe({ argument: path, cwd: process.cwd(), bundledDir: "" });
for (const problem of problems) console.error(formatProblem(problem));
console.log(recipe === undefined ? `${problems.length} problems` : `${path} is valid`);
