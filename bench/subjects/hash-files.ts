// hash-files.ts <file or folder>: inputs as a plan finds, checks and hashes them.
import { findMedia } from "../../src/files/find-media.ts";
import { measureHere } from "./measure-here.ts";

const [path = ""] = process.argv.slice(2);

await measureHere(async () => {
  const { files, refused } = await findMedia({ pattern: path, dir: "/" });
  if (files.length === 0 || refused.length > 0) throw new Error(refused[0]?.message ?? "nothing was found");
});
