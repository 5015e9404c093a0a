/** The name of a recipe's file, with its ending. */
export const recipeFile = (name: string): string => (/\.ya?ml$/i.test(name) ? name : `${name}.yaml`);
