// Every sentence of the conversation is there in every language, and every one of them is said somewhere.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { failureCodes } from "../../../src/base/failure-codes.ts";
import { en } from "../../../src/cli/chat/words/en.ts";
import { languageAfter, languageOfTag } from "../../../src/cli/chat/words/speak.ts";
import { zh } from "../../../src/cli/chat/words/zh.ts";
import { route } from "../../../src/cli/chat/route.ts";

const folder = fileURLToPath(new URL("../../../src/cli/chat", import.meta.url));
const code = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(join(folder, name), "utf8"))
  .join("\n");
const keys = Object.keys(en) as (keyof typeof en)[];

describe("the words of the conversation", () => {
  test("both languages have the same keys, and none is empty", () => {
    expect(Object.keys(zh).sort()).toEqual([...keys].sort());
    for (const words of [en, zh])
      for (const value of Object.values(words)) expect(String(value)).not.toBe("");
  });

  test.each(keys)("%s is said somewhere", (key) => {
    expect(code).toMatch(new RegExp(`words\\.${key}\\b|"${key}"`));
  });

  test("a sentence with a value has it in both languages", () => {
    const spoken = (words: typeof en): string[] =>
      keys.flatMap((key) => {
        const value = words[key];
        return typeof value === "function" ? [(value as (...all: string[]) => string)("<1>", "<2>")] : [];
      });
    const marks = (text: string): string[] => [...new Set(text.match(/<[12]>/g))].sort();
    expect(spoken(zh).map(marks)).toEqual(spoken(en).map(marks));
  });

  test("Chinese is Chinese, English is not", () => {
    const texts = (words: typeof en): string[] =>
      Object.values(words).filter((value): value is string => typeof value === "string");
    expect(texts(zh).filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
    expect(texts(en).filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
  });

  test("Chinese has its own word for every refusal that a conversation meets", () => {
    const elsewhere = new Set(["expectation-unmet", "review-wanted", "not-approved"]);
    const meant = Object.keys(failureCodes).filter((code) => !elsewhere.has(code));
    expect(Object.keys(zh.trouble).sort()).toEqual(meant.sort());
    // What helps with these depends on the path, and stands in the failure itself.
    const byPlace = new Set(["file-unreadable", "disk-error", "journal-failed"]);
    expect(Object.keys(zh.advice).sort()).toEqual(meant.filter((code) => !byPlace.has(code)));
    for (const advice of Object.values(zh.advice)) {
      expect(advice("job_1")).toMatch(/\p{Script=Han}/u);
      expect(advice("")).not.toMatch(/ {2}|^[ ；]/);
    }
  });

  test.each([en, zh])("every command of the help is known", ({ help, examples }) => {
    for (const [command] of help) expect(route(command.split(" ")[0] ?? "").to).not.toBe("unknown");
    expect(examples.map((example) => route(example).to)).toEqual(["turn", "turn", "export"]);
  });

  test.each([
    { tag: "zh-CN", before: "zh", message: "", language: "zh" },
    { tag: "en-US", before: "en", message: "make it red", language: "en" },
    { tag: "fr", before: "en", message: "把它变红", language: "zh" },
    { tag: "en", before: "en", message: 'show the title "你好"', language: "en" },
    { tag: "zh", before: "zh", message: "export", language: "zh" },
    { tag: "en", before: "zh", message: "make it red", language: "en" },
    { tag: "en", before: "zh", message: "/undo", language: "zh" },
    { tag: "en", before: "en", message: "海滩.jpg make it warm", language: "en" },
    { tag: "en", before: "en", message: "'/home/用户/我的 海滩.jpg'", language: "en" },
    { tag: "en", before: "zh", message: "./照片", language: "zh" },
    { tag: "en", before: "en", message: "用 ./照片/海滩.jpg 做视频", language: "zh" },
    { tag: "en", before: "en", message: "左/右", language: "zh" },
    { tag: "en", before: "zh", message: "9:16", language: "zh" },
  ] as const)("$tag, spoken $before, then $message: $language", ({ tag, before, message, language }) => {
    expect(languageAfter({ start: languageOfTag(tag), now: before }, message)).toBe(language);
  });
});
