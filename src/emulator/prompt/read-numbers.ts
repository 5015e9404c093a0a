const words: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  sixty: 60,
  half: 0.5,
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  last: -1,
};
const digits = "零一二三四五六七八九";

/** A pattern for a number as people write it: `15`, `1.5`, `ten`, `十五`. */
export const numberPattern: string = String.raw`(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|sixty|half)`;

/** Reads what `numberPattern` (or an ordinal word) matched; NaN for anything else. */
export function readNumber(text: string): number {
  const plain = Number(text);
  if (!Number.isNaN(plain)) return plain;
  return words[text.toLowerCase()] ?? readChinese(text);
}

function readChinese(text: string): number {
  const normal = text.replaceAll("两", "二");
  const ten = normal.indexOf("十");
  if (ten < 0) return normal.length === 1 && digits.includes(normal) ? digits.indexOf(normal) : Number.NaN;
  const tens = ten === 0 ? 1 : digits.indexOf(normal[0] ?? "");
  const rest = normal.slice(ten + 1);
  return tens * 10 + (rest === "" ? 0 : digits.indexOf(rest));
}
