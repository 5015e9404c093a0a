import { en } from "./en.ts";
import type { Words } from "./words.ts";
import { zh } from "./zh.ts";

export type Language = "en" | "zh";

/** The language of a machine: Chinese for any `zh` tag. */
export function languageOfTag(tag: string): Language {
  return /^zh\b/i.test(tag) ? "zh" : "en";
}

/** Who writes Chinese is answered in Chinese, who writes anything else as at the start. A command says nothing of it. */
export function languageAfter(
  { start, now }: { readonly start: Language; readonly now: Language },
  message: string,
): Language {
  const own = message.replace(/"[^"]*"|“[^”]*”/g, "").trim();
  if (/\p{Script=Han}/u.test(own)) return "zh";
  return /\p{Letter}/u.test(own) && !own.startsWith("/") ? start : now;
}

export function speak(language: Language): Words {
  return language === "zh" ? zh : en;
}
