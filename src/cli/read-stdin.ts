import type { Io } from "./io.ts";
import { usage } from "./stop.ts";

/** More than this is no recipe; the reader of YAML has its own, lower limit. */
const mostChars = 16 * 1024 * 1024;

/** Standard input as text. */
export async function readStdin({ stdin }: Io): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stdin) {
    text += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    if (text.length > mostChars) throw usage("standard input is too large for a recipe.");
  }
  return text + decoder.decode();
}
