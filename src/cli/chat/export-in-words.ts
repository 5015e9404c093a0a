import type { Quality } from "../../recipe/recipe.ts";
import { formats } from "../../recipe/recipe.ts";
import type { Wish } from "./wish.ts";

/** What says nothing besides that a file is wanted. */
const plain = new Set(
  `the a an my this that our your it them both all final finished whole new current edited video videos clip movie film
file files format formats version project result everything as to in into at with and again once more time quality
resolution`.split(/\s+/),
);
const isQuality = (word: string): word is Quality => word === "low" || word === "medium" || word === "high";
/** A size belongs to the prompt: it is said that it is no format, and nothing is paid for. */
const size = /^(?:\d{3,4}p|[248]k|(?:u|full)?hd)$/;
const verb = /^(?:export|download|render out)\b/;
const verbChinese = /^(?:导出|下载)/;
const named = new RegExp(
  String.raw`^(?:export|download|save)(?: (?:it|this|that|(?:the |my )?(?:video|clip|movie|film|file)))? (?:as|to|in|into) \S*\.(${formats.join("|")})$`,
);

/** An export in whatever words, where no word of it says anything else: `export video mp4 high quality`. */
export function exportInWords(text: string): Extract<Wish, { to: "export" }> | undefined {
  const lower = text.toLowerCase();
  const [, ending] = named.exec(lower) ?? [];
  if (ending !== undefined) return { to: "export", format: ending };
  if (verbChinese.test(lower)) return chineseOf(lower.replace(verbChinese, ""));
  if (!verb.test(lower)) return undefined;
  const words = lower
    .replace(verb, "")
    .split(/[\s,]+/)
    .map((word) => word.replace(/^\./, ""))
    .filter((word) => word !== "" && !plain.has(word));
  return exportOf(words, /\ball\b.*\bformats\b/.test(lower) ? ["all formats"] : []);
}

function chineseOf(rest: string): Extract<Wish, { to: "export" }> | undefined {
  const words = rest.match(/[a-z0-9]+/g) ?? [];
  const others = rest.replace(/[a-z0-9]+|视频|动图|动画|文件|格式|片子|成片|高清|一下|和|、|[\s,，]/g, "");
  return others === "" ? exportOf(words) : undefined;
}

function exportOf(
  words: readonly string[],
  more: readonly string[] = [],
): Extract<Wish, { to: "export" }> | undefined {
  const isKnown = (word: string): boolean => isFormat(word) || isQuality(word) || size.test(word);
  if (!words.every(isKnown)) return undefined;
  const quality = words.find(isQuality);
  const wanted = [...more, ...words.filter((word) => !isQuality(word))];
  // A size beside its format would be passed over: what cannot be had comes first.
  const odd = wanted.filter((word) => !isFormat(word));
  const format = (odd.length > 0 ? odd : wanted).join(", ");
  return { to: "export", ...(format !== "" && { format }), ...(quality !== undefined && { quality }) };
}

function isFormat(word: string): boolean {
  return formats.some((format) => format === word);
}
