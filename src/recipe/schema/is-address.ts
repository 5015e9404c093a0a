import { TemplateText } from "./leaf.ts";

/** True for text that starts like an address: `https://…`, but no Windows drive. */
export function isAddress(raw: unknown): boolean {
  const text = raw instanceof TemplateText ? raw.template : raw;
  return typeof text === "string" && /^[a-z][a-z0-9+.-]+:\/\//i.test(text);
}
