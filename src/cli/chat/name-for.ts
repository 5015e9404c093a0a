import { slug } from "../../base/slug.ts";

const idle = new Set(
  "a an and the of in into to with for from my our your me please can you could make create turn generate build produce want need i video clip movie film photo photos picture pictures image images second seconds minute minutes short long some this that these those it is".split(
    " ",
  ),
);
const mostWords = 3;

/** What a conversation is called after its first request: its telling words, or `chat` where it has none in Latin letters. */
export function nameFor(prompt: string): string {
  const words = slug(prompt.replace(/\S+\.[a-z0-9]{2,5}(?=[\s,]|$)/gi, " "))
    .replace(/[^a-z0-9-]/g, "")
    .split("-")
    .filter((word) => word !== "" && !idle.has(word) && !/^\d+[a-z]?$/.test(word));
  const name = words
    .slice(0, mostWords)
    .join("-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  return name === "" ? "chat" : name;
}
