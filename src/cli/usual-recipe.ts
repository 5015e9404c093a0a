/** The recipe that is meant where none is named. */
export const usualRecipe = "recipe.yaml";
