/** The lock under which a watch makes the jobs of one file, by its bytes. */
export const inputLock = (recipe: string, sha256: string): string => `input_${recipe}_${sha256.slice(0, 40)}`;
