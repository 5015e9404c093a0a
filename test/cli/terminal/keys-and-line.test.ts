import { describe, expect, test } from "vitest";
import { editLine, emptyLine, messageOf, type Line } from "../../../src/cli/terminal/line-editor.ts";
import { promptFrame } from "../../../src/cli/terminal/prompt-frame.ts";
import { readKeys, type Key } from "../../../src/cli/terminal/read-keys.ts";
import { wrapText } from "../../../src/report/wrap-text.ts";

const names = (bytes: string): string[] =>
  readKeys(bytes).keys.map((key) =>
    key.type === "press" ? `<${key.name}>` : key.type === "paste" ? `paste:${key.text}` : key.text,
  );

describe("keys", () => {
  test.each([
    ["abc\r", ["abc", "<enter>"]],
    ["é你🎬", ["é你🎬"]],
    ["\u001b[A\u001b[B\u001bOC\u001b[D", ["<up>", "<down>", "<right>", "<left>"]],
    ["\u001b[1~\u001b[F\u001b[3~\u007f", ["<home>", "<end>", "<delete>", "<backspace>"]],
    ["\u001b\r\u001b[13;2u", ["<newline>", "<newline>"]],
    ["\u0003\u0004\u0015\u0017", ["<interrupt>", "<end-of-input>", "<delete-before>", "<delete-word>"]],
    ["\u001b[200~two\r\nlines\u001b[201~\r", ["paste:two\nlines", "<enter>"]],
    ["\u001b[99;9X?\t", ["?"]],
    ["", []],
  ])("%j", (bytes, keys) => {
    expect(names(bytes)).toEqual(keys);
  });

  test("any split of the bytes gives the same keys", () => {
    const bytes = "make\u001b[D\u001b[200~a paste\nof two\u001b[201~\u001b[3~ 你\r";
    const whole = readKeys(bytes).keys;
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const first = readKeys(bytes.slice(0, cut));
      const second = readKeys(first.rest + bytes.slice(cut));
      expect(joined([...first.keys, ...second.keys]), `cut at ${cut}`).toEqual(joined(whole));
      expect(second.rest).toBe("");
    }
  });

  test("100 KB pasted come as one key, whatever the pieces", () => {
    const pasted = "w".repeat(100_000);
    let rest = "";
    const keys: Key[] = [];
    for (let at = 0; at < pasted.length + 12; at += 4096) {
      const read = readKeys(rest + `\u001b[200~${pasted}\u001b[201~`.slice(at, at + 4096));
      rest = read.rest;
      keys.push(...read.keys);
    }
    expect(keys).toEqual([{ type: "paste", text: pasted }]);
  });
});

/** Neighbouring text is one. */
function joined(keys: readonly Key[]): string {
  return keys
    .map((key) =>
      key.type === "press" ? `<${key.name}>` : key.type === "paste" ? `(${key.text})` : key.text,
    )
    .join("");
}

const typed = (bytes: string, history: readonly string[] = []): Line =>
  readKeys(bytes).keys.reduce(editLine, emptyLine(history));

describe("the line", () => {
  test.each([
    ["make it rde\u007f\u007fed", "make it red", 11],
    ["\u001b[Dx", "x", 1],
    ["ab\u001b[D\u001b[DX", "Xab", 1],
    ["make it red\u0017blue", "make it blue", 12],
    ["make it\u0015red", "red", 3],
    ["one\u001b\rtwo\u0001>", "one\n>two", 5],
    ["👩‍👩‍👧é\u007f\u007f", "", 0],
    ["a b c\u001bb\u001bb\u000b", "a ", 2],
    ["\u001b[200~short paste\u001b[201~", "short paste", 11],
  ])("%j", (bytes, text, cursor) => {
    expect(typed(bytes)).toMatchObject({ text, cursor });
  });

  test("a long paste is a mark on the line and whole in the message; it goes at one stroke", () => {
    const pasted = "line\n".repeat(50);
    const line = typed(`see: \u001b[200~${pasted}\u001b[201~ ok`);
    expect(line.text).toBe("see: [pasted 1: 51 lines] ok");
    expect(messageOf(line)).toBe(`see: ${pasted} ok`);
    expect(typed(`see: \u001b[200~${pasted}\u001b[201~\u007f`).text).toBe("see: ");
  });

  test("the arrows bring earlier messages, and back what was being typed", () => {
    const history = ["first", "second"];
    expect(typed("dra\u001b[A", history).text).toBe("second");
    expect(typed("dra\u001b[A\u001b[A\u001b[A", history).text).toBe("first");
    expect(typed("dra\u001b[A\u001b[A\u001b[B\u001b[B\u001b[B", history).text).toBe("dra");
  });
});

describe("the frame", () => {
  const frame = (text: string, cursor: number, columns: number, rows = 6): ReturnType<typeof promptFrame> =>
    promptFrame({ prompt: "› ", text, cursor }, { columns, rows });

  test.each([
    ["short", 5, 40, { rows: ["› short"], row: 0, column: 7 }],
    ["", 0, 40, { rows: ["› "], row: 0, column: 2 }],
    ["abcdefgh", 8, 8, { rows: ["› abcde", "  fgh"], row: 1, column: 5 }],
    ["abcde", 5, 8, { rows: ["› abcde", "  "], row: 1, column: 2 }],
    ["one\ntwo", 4, 40, { rows: ["› one", "  two"], row: 1, column: 2 }],
    ["你好吗", 2, 8, { rows: ["› 你好", "  吗"], row: 1, column: 2 }],
  ])("%j in %i at %i columns", (text, cursor, columns, expected) => {
    expect(frame(text, cursor, columns)).toEqual(expected);
  });

  test("of a long message the rows around the cursor are shown, each within the terminal", () => {
    const { rows, row } = frame("word ".repeat(100), 250, 20, 4);
    expect(rows).toHaveLength(4);
    expect(row).toBe(3);
    for (const one of rows) expect(one.length).toBeLessThan(20);
  });
});

test.each([
  ["a short line", 40, "a short line"],
  ["  gone: a title and two more words", 20, "  gone: a title and\n  two more words"],
  ["| said by the service", 12, "| said by\n| the\n| service"],
  ["To come back: nemo-recipe chat --session job_1", 20, "To come back:\nnemo-recipe chat --session job_1"],
  ["Next: `nemo-recipe run a.yaml` goes on", 24, "Next:\n`nemo-recipe run a.yaml`\ngoes on"],
  ["/help 列出其他命令，/quit 结束。", 20, "/help 列出其他命令，\n/quit 结束。"],
  ["说说想做什么视频。", 9, "说说想做\n什么视\n频。"],
  ["可用积分：100", 14, "可用积分：100"],
])("%j is wrapped at %i columns", (text, columns, wrapped) => {
  expect(wrapText(text, columns)).toBe(wrapped);
});
