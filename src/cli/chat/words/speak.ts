import { pathTokens } from "../path-tokens.ts";
import { en } from "./en.ts";
import type { Words } from "./words.ts";
import { zh } from "./zh.ts";

export type Language = "en" | "zh";

/** The language of a machine: Chinese for any `zh` tag. */
export function languageOfTag(tag: string): Language {
  return /^zh\b/i.test(tag) ? "zh" : "en";
}

/**
 * Who writes Chinese is answered in Chinese, who writes anything else as at the start. A command says nothing of it, nor
 * does the name of a file.
 */
export function languageAfter(
  { start, now }: { readonly start: Language; readonly now: Language },
  message: string,
): Language {
  const own = withoutFiles(message)
    .replace(/"[^"]*"|“[^”]*”/g, "")
    .trim();
  if (/\p{Script=Han}/u.test(own)) return "zh";
  return /\p{Letter}/u.test(own) && !own.startsWith("/") ? start : now;
}

/** A name ends as a file does, or begins at a folder: 左/右 is neither. */
function withoutFiles(message: string): string {
  return pathTokens(message, false)
    .filter(({ value }) => /^(?:~|\.{0,2})[\\/]|\.[a-z0-9]{2,5}$/i.test(value))
    .reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), message);
}

export function speak(language: Language): Words {
  return language === "zh" ? zh : en;
}
