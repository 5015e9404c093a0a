import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** Removes the declarations that `entry` never mentions: they are of no use to who installs the package. */
export function pruneTypes(dist: string, entry: string): void {
  const reached = new Set<string>();
  const waiting = [join(dist, entry)];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const [, target = ""] of readFileSync(path, "utf8").matchAll(/\bfrom "(\.[^"]+)"/g))
      waiting.push(join(dirname(path), target.replace(/(\.d)?\.[jt]s$/, ".d.ts")));
  }
  for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" }))
    if (name.endsWith(".d.ts") && !reached.has(join(dist, name))) rmSync(join(dist, name));
  removeEmpty(dist);
}

function removeEmpty(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeEmpty(join(folder, entry.name));
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}
