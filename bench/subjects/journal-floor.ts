// journal-floor.ts <folder> <records>: a record appended and synced, one after the other.
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { measureHere } from "./measure-here.ts";

const [folder = "", count = "0"] = process.argv.slice(2);
const record = Buffer.alloc(400, "r");
const file = openSync(join(folder, "floor.log"), "w");

await measureHere(() => {
  for (let index = 0; index < Number(count); index++) {
    writeSync(file, record);
    fdatasyncSync(file);
  }
});
closeSync(file);
