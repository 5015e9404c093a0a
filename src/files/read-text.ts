import { readFile } from "node:fs/promises";
import { Failure } from "../base/failure.ts";
import { diskReason } from "./disk-failure.ts";

/** A small text file. Throws Failure `file-unreadable`. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const message = `cannot read ${path}: ${diskReason(error)}`;
    throw new Failure({ code: "file-unreadable", message, sent: "not-sent" }, error);
  }
}
