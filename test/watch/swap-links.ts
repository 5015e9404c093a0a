// Puts a photo, a link to a foreign one, a folder and a link to a foreign folder in turn under the same names, as fast
// as it can: node test/watch/swap-links.ts <root> <inside> <foreign>
import { mkdirSync, linkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

const [root = "", inside = "", foreign = ""] = process.argv.slice(2);
const place = join(root, "a.jpg");
const folder = join(root, "folder");
const ready = join(root, ".ready");
mkdirSync(join(root, ".real"));
linkSync(inside, join(root, ".real", "b.jpg"));

function put(make: (path: string) => void): void {
  rmSync(ready, { force: true, recursive: true });
  make(ready);
  renameSync(ready, place);
}

console.log("swapping");
for (let turn = 0; ; turn++) {
  put((path) => linkSync(inside, path));
  put((path) => symlinkSync(join(foreign, "b.jpg"), path));
  if (turn % 2 === 0) {
    rmSync(folder, { force: true });
    renameSync(join(root, ".real"), folder);
  } else {
    renameSync(folder, join(root, ".real"));
    symlinkSync(foreign, folder);
  }
}
