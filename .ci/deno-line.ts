import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The command in the README that gives Deno no more than the job needs, with another service and recipe in their places. */
export function denoLine(host: string, recipe: string): string {
  const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
  const line = /^\$ (deno run --no-prompt [^]*?)\n```/m.exec(readme)?.[1];
  if (line === undefined) throw new Error("README.md has no line for Deno");
  return line.replace("=mega-api-prod.nemovideo.ai ", () => `=${host} `).replace("promo.yaml", () => recipe);
}
