const roles =
  "title|subtitle|caption|headline|heading|slogan|tagline|label|name|brand|product|company|author|date|price|city|place|song|music|style|font|colou?r";
const before = new RegExp(`\\b(${roles})(?:s|d|ed)?\\b[^"“'「《.!?\\n]{0,20}$`, "i");
const behind = new RegExp(
  `^["”'」》]?(?: text)? (?:as|for|in|into) (?:the|a|an|its|my|our) (?:\\w+ )?(${roles})\\b`,
  "i",
);
const chinese: readonly (readonly [RegExp, string])[] = [
  [/副标题[^"“「《。]{0,8}$/, "subtitle"],
  [/标题[^"“「《。]{0,8}$/, "title"],
  [/字幕[^"“「《。]{0,8}$/, "caption"],
  [/(?:口号|标语)[^"“「《。]{0,8}$/, "slogan"],
  [/(?:品牌|公司)[^"“「《。]{0,8}$/, "brand"],
  [/产品[^"“「《。]{0,8}$/, "product"],
];

/** What a text is in the sentence around it: `title` of `a title saying "Sea"`. Undefined where nothing tells. */
export function nameForText(start: string, end: string): string | undefined {
  const word = before.exec(start)?.[1] ?? behind.exec(end)?.[1];
  return word === undefined
    ? chinese.find(([pattern]) => pattern.test(start))?.[1]
    : word.toLowerCase().replace("colour", "color");
}
