import { open, readFile } from "node:fs/promises";
import type { ProblemCode } from "../recipe/problem-codes.ts";
import type { Problem } from "../recipe/problem.ts";
import { maxRecipeBytes } from "../recipe/read-yaml.ts";
import { errorCode } from "./error-code.ts";
import { isEmbedded } from "./is-embedded.ts";
import { isMediaName } from "./media-types.ts";

export type ReadText = { readonly text: string } | { readonly problem: Problem } | { readonly missing: true };

/** Reads a recipe's text, never more of it than a recipe may have. */
export async function readRecipeText(path: string, shown: string): Promise<ReadText> {
  const problem = (code: ProblemCode, message: string, hint: string): ReadText => ({
    problem: { severity: "error", code, message: `${shown} ${message}`, hint },
  });
  try {
    if (isEmbedded(path)) return decode(await readFile(path), problem);
    const file = await open(path, "r");
    try {
      const facts = await file.stat();
      if (facts.isDirectory())
        return problem("unreadable", "is a folder, not a recipe", "name a recipe file in it");
      const bytes = new Uint8Array(maxRecipeBytes + 1);
      const size = await fill(file, bytes);
      const read = decode(bytes.subarray(0, size), problem);
      return "problem" in read && isMediaName(path)
        ? problem(
            "not-utf-8",
            "is no recipe but a picture, clip or sound",
            `\`run\` takes it: ${runWith(shown)}`,
          )
        : read;
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return { missing: true };
    if (code === "EISDIR")
      return problem("unreadable", "is a folder, not a recipe", "name a recipe file in it");
    return problem("unreadable", `cannot be read (${code ?? String(error)})`, "check its permissions");
  }
}

const runWith = (shown: string): string => `nemo-recipe run --prompt "make a 10-second video" ${shown}`;

type ReadableFile = Awaited<ReturnType<typeof open>>;

async function fill(file: ReadableFile, bytes: Uint8Array): Promise<number> {
  let size = 0;
  while (size < bytes.length) {
    const { bytesRead } = await file.read(bytes, size, bytes.length - size, null);
    if (bytesRead === 0) break;
    size += bytesRead;
  }
  return size;
}

function decode(
  bytes: Uint8Array,
  problem: (code: ProblemCode, message: string, hint: string) => ReadText,
): ReadText {
  if (bytes.length > maxRecipeBytes)
    return problem(
      "too-large",
      "is larger than 64 KiB",
      "keep long tables in a CSV or JSON file and name it in `rows`",
    );
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) return problem("not-utf-8", "is UTF-16 text", "save it as UTF-8");
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return problem("not-utf-8", "is not UTF-8 text", "save it as UTF-8; is it a recipe?");
  }
}
