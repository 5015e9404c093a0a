import { join } from "node:path";
import { listNames } from "../files/list-names.ts";

/** The folder of the bundled recipes. */
export const bundledDir = (root: string): string => join(root, "recipes");

/** The names of the bundled recipes. */
export async function bundledNames(root: string): Promise<string[]> {
  const names = await listNames(bundledDir(root));
  return names.filter((name) => name.endsWith(".yaml")).map((name) => name.slice(0, -".yaml".length));
}
