import { en } from "./en.ts";
import type { Words } from "./words.ts";
import { zh } from "./zh.ts";

export type Language = "en" | "zh";

/** The language of a machine: Chinese for any `zh` tag. */
export function languageOfTag(tag: string): Language {
  return /^zh\b/i.test(tag) ? "zh" : "en";
}

/** Who writes Chinese is answered in Chinese, from then on. */
export function languageAfter(language: Language, message: string): Language {
  return /\p{Script=Han}/u.test(message.replace(/"[^"]*"|“[^”]*”/g, "")) ? "zh" : language;
}

export function speak(language: Language): Words {
  return language === "zh" ? zh : en;
}
