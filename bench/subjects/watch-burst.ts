// watch-burst.ts <folder> <photo> nested|blocked: many files at once; ends with an error where one is never found.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { measureHere } from "./measure-here.ts";
import { openWatch } from "./open-watch.ts";

const [root = "", photo = "", kind] = process.argv.slice(2);
const bytes = readFileSync(photo);
const watch = await openWatch(root, { group: "burst", quietMs: 500, settleMs: 200 });
await watch.started;

await measureHere(async () => {
  const count = kind === "nested" ? dropNested() : dropBlocked();
  const found = new Set<string>();
  setTimeout(() => {
    throw new Error(`${count - found.size} of ${count} files were lost`);
  }, 60_000).unref();
  while (found.size < count) for (const { path } of (await watch.next())?.files ?? []) found.add(path);
});
process.exit(0);

function dropNested(): number {
  for (let number = 0; number < 1_000; number++) {
    const folder = join(root, `a${number % 10}`, `b${number % 100}`, `c${number % 500}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${number}.jpg`), bytes);
  }
  return 1_000;
}

/** In this process: nothing is heard before the last is written, and the system's queue holds 16,384 events. */
function dropBlocked(): number {
  for (const folder of ["burst", "elsewhere"]) mkdirSync(join(root, folder));
  for (let number = 0; number < 20_000; number++) writeFileSync(join(root, "burst", `${number}.jpg`), bytes);
  for (let number = 0; number < 10; number++) writeFileSync(join(root, "elsewhere", `${number}.jpg`), bytes);
  return 20_010;
}
