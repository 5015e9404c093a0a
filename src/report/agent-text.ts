import { cleanText } from "../base/clean-text.ts";

/**
 * What the service's agent said, fit to be shown: cleaned, and without what follows the `?` of an address, where
 * signatures and tokens are.
 */
export function agentText(text: string): string {
  return cleanText(text)
    .replace(/\b(https?:\/\/[^\s?#"'<>()]*)[?#][^\s"'<>()]*/gi, "$1")
    .trim();
}
