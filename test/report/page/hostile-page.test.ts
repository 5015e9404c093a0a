// No text from outside becomes markup. The page is read back by a grammar that knows less than HTML: tags in lower
// case, attributes in double quotes. What that grammar reads whole, a browser reads in the same way.
import { describe, expect, it } from "vitest";
import { cleanText } from "../../../src/base/clean-text.ts";
import { html } from "../../../src/report/page/markup.ts";
import { reportPage } from "../../../src/report/page/report-page.ts";
import { rounds } from "../../support/rounds.ts";
import { seededRandom, type Random } from "../../support/seeded-random.ts";
import { factsWith, pageFacts } from "./page-for-test.ts";

const strings = rounds(10_000);
const weapons = [
  "<script>alert(1)</script>",
  "</script>",
  "</style><script>",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "</title><img src=x onerror=alert(1)>",
  '"',
  "'",
  "`",
  "=",
  "&",
  "&lt;script&gt;",
  "&#60;",
  "&quot;",
  "<svg/onload=alert(1)>",
  '" onmouseover="alert(1)',
  "' autofocus onfocus='alert(1)",
  "javascript:alert(1)",
  "data:text/html,<b>x",
  "//evil.test/x",
  "${alert(1)}",
  "{{x}}",
  "\u0000",
  "\u001b[31m",
  "\u202e",
  "\ud800",
  "\u2028",
  "\n",
  "\t",
  "\r",
  "<",
  ">",
  "日本",
  "🎬",
  "plain",
];

function hostile(random: Random): string {
  const parts = Array.from({ length: random.between(1, 6) }, () =>
    random.chance(0.85) ? random.pick(weapons) : String.fromCharCode(random.between(0, 0xffff)),
  );
  return parts.join("");
}

const tag = /<(\/?[a-z][a-z0-9]*)((?:\s+[a-z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*)\s*\/?>/g;
const attribute = /([a-z][a-zA-Z0-9-]*)(?:="([^"<>]*)")?/g;

interface ReadPage {
  readonly tags: readonly string[];
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** What stands between the tags. */
  readonly text: string;
}

function readPage(page: string): ReadPage {
  const body = page
    .replace("<!doctype html>\n<!-- A report of nemo-recipe -->", "")
    .replace(/<style>[^<]*<\/style>/, "");
  const found = [...body.matchAll(tag)];
  const attributes = found.flatMap(([, , all = ""]) => [...all.matchAll(attribute)]);
  return {
    tags: found.map(([, name = ""]) => name),
    attributes: attributes.map(([, name = "", value = ""]) => [name, decoded(value)] as const),
    text: body.replace(tag, "\u0001"),
  };
}

function decoded(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

const names = (page: ReadPage): string => JSON.stringify([page.tags, page.attributes.map(([name]) => name)]);

describe("text from outside in a page", () => {
  it(`${strings} strings come back as they went in, as text and in an attribute`, () => {
    const random = seededRandom(7);
    const wrong = Array.from({ length: strings }, () => hostile(random)).filter((text) => {
      const { tags, attributes, text: between } = readPage(html`<p title="${text}">${text}</p>`.text);
      const [title] = attributes;
      return (
        tags.join() !== "p,/p" ||
        attributes.length !== 1 ||
        title?.[1] !== cleanText(text) ||
        decoded(between) !== `\u0001${cleanText(text)}\u0001` ||
        between.includes("<")
      );
    });
    expect(wrong.map((text) => JSON.stringify(text))).toEqual([]);
  });

  it("300 pages in which every text is hostile have the elements of one in which none is", () => {
    const random = seededRandom(70);
    const plain = factsWith("plain");
    const media = new Map([["/out/plain", { href: "./plain.mp4" }]]);
    const page = (title: string, job = plain): ReadPage =>
      readPage(reportPage(pageFacts([job, job], { title, program: title, madeAt: title }), media));
    const skeleton = names(page("plain"));
    for (let round = 0; round < 300; round++) {
      // Lines and backticks shape a message; what has an address of its own is tried below.
      const text = `${hostile(random).replace(/[`\n\r]/g, "")}x`;
      const job = factsWith(text);
      const files = job.files.map((file) => ({ ...file, path: "/out/plain" }));
      const seen = page(text, { ...job, pageLink: "https://site.test/", files });
      expect(seen.text).not.toMatch(/[<>]/);
      expect(names(seen)).toBe(skeleton);
    }
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "//evil.test/x.mp4",
    "vbscript:x",
    "x.mp4",
    "./a b",
    "./a\\b",
    "",
  ])("%j is no address", (address) => {
    const job = { ...factsWith("plain"), pageLink: address };
    const page = readPage(reportPage(pageFacts([job]), new Map([["/out/plain", { href: address }]])));
    const addresses = page.attributes.filter(([name]) => ["src", "href", "poster"].includes(name));
    expect(addresses).toEqual([]);
  });

  it("a poster is a JPEG or nothing", () => {
    const poster = (text: string): string[] =>
      readPage(
        reportPage(
          pageFacts([factsWith("plain")]),
          new Map([["/out/plain", { href: "./a.mp4", poster: text }]]),
        ),
      ).attributes.flatMap(([name, value]) => (name === "poster" ? [value] : []));
    expect(poster("data:image/jpeg;base64,AAAA")).toEqual(["data:image/jpeg;base64,AAAA"]);
    for (const text of ["data:image/svg+xml,<svg>", "https://evil.test/x.jpg", "data:text/html;base64,AAAA"])
      expect(poster(text)).toEqual([]);
  });
});
