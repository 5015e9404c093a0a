// A recipe that is a text of your own: what it asks for, without files, config or network.
import { formatProblem, parseRecipe } from "nemo-recipe";

const text = `
params: { seconds: { type: number, default: 6 } }
prompts: a \${{ params.seconds }}-second video
`;
const { recipe, problems } = parseRecipe([{ file: "mine.yaml", dir: "/", text }]);
for (const problem of problems) console.error(formatProblem(problem));
console.log(`${recipe?.name}: ${Object.keys(recipe?.params ?? {}).join(", ")}`);
