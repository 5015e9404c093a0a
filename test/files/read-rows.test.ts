import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseRows, readRows } from "../../src/files/read-rows.ts";
import { tempDir } from "../support/temp-dir.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([
  [
    "a.csv",
    "name,seconds\nx,07\ny,8\n",
    [
      { name: "x", seconds: "07" },
      { name: "y", seconds: "8" },
    ],
  ],
  ["a.csv", "\uFEFFname,b\r\nx,1\r\n", [{ name: "x", b: "1" }]],
  ["a.csv", "name;b\nx;1,5\n", [{ name: "x", b: "1,5" }]],
  ["a.csv", '"a;b",c,d\n1,2,3\n', [{ "a;b": "1", c: "2", d: "3" }]],
  ["a.tsv", "name\tb\nx y\t1\n", [{ name: "x y", b: "1" }]],
  ["a.csv", " name , b \n x , 1 \n", [{ name: "x", b: "1" }]],
  ["a.csv", 'name\n"two\nlines, ""quoted"""\n', [{ name: 'two\nlines, "quoted"' }]],
  ["a.csv", "name\n\nx\n\n", [{ name: "x" }]],
  [
    "a.csv",
    'name;b\nx;1\n;;\n"";\ny;2\n ; \n',
    [
      { name: "x", b: "1" },
      { name: "y", b: "2" },
    ],
  ],
  ["a.csv", "name,b\nx,\n", [{ name: "x", b: null }]],
  ["a.csv", "true,null\n1,2\n", [{ true: "1", null: "2" }]],
  ["a.csv", "name\n", []],
  ["a.json", '[{"name":"x","n":7,"b":true,"none":null}]', [{ name: "x", n: 7, b: true, none: null }]],
  ["a.json", "[]", []],
  ["a.jsonl", '{"name":"x"}\n\n{"name":"y"}\r\n', [{ name: "x" }, { name: "y" }]],
  ["A.NDJSON", '\uFEFF{"name":"x"}', [{ name: "x" }]],
])("%s: %j", async (name, text, rows) => {
  expect(await parseRows(name, bytes(text))).toEqual(rows);
});

test.each([
  ["a.csv", "", "a.csv: the table is empty"],
  ["a.csv", "name,name\nx,y\n", 'a.csv:1: two columns are named "name"'],
  ["a.csv", "name, \nx,y\n", "a.csv:1: column 2 has no name"],
  ["a.csv", "name,b\nx,1\ny\n", "a.csv:3: 1 value where the header names 2 columns"],
  ["a.csv", 'name,b\n"x\n1",2\ny,1,2\n', "a.csv:4: 3 values where the header names 2 columns"],
  ["a.csv", 'name\n"x\n', "a.csv:2: a quotation mark is opened and never closed"],
  ["a.csv", 'name\nx "y"\n', "a.csv:2: a quotation mark stands inside a value"],
  ["a.csv", 'name\n"x"y\n', "a.csv:2: text follows a closing quotation mark"],
  ["a.json", '{"name":"x"}', "a.json:1: the rows are not a list"],
  ["a.json", '[{"a":1},7]', "a.json: row 2: not a map"],
  ["a.json", '[{"a":[1]}]', 'a.json: row 1: "a" holds a list or a map'],
  ["a.json", '[{"id":1234567890123456789}]', 'a.json: row 1: "id" is too large for a number'],
  ["a.jsonl", '{"a":1}\n{"a":\n', "a.jsonl:2: not valid JSON"],
  ["a.jsonl", '{"a":1}\n{"a":{}}\n', 'a.jsonl:2: "a" holds a list or a map'],
  ["a.xlsx", "PK", "a.xlsx: not a file of rows by its name"],
])("%s: %j is refused", async (name, text, message) => {
  await expect(parseRows(name, bytes(text))).rejects.toMatchObject({
    facts: { code: "file-unreadable", message: expect.stringContaining(message), hint: expect.any(String) },
  });
});

test("a mistake in JSON is named, with its line where the runtime tells it", async () => {
  await expect(parseRows("a.json", bytes('[\n{"a":1},\n{"a" 2}\n]'))).rejects.toThrow(
    /^a\.json(:3)?: not valid JSON$/,
  );
});

test("text that is not UTF-8 is refused", async () => {
  await expect(parseRows("a.csv", Uint8Array.of(0x6e, 0xe4, 0x0a))).rejects.toThrow("not UTF-8");
});

test("a column may have any name without changing what a row is", async () => {
  const [fromCsv] = await parseRows("a.csv", bytes("__proto__,constructor\nx,y\n"));
  const [fromJson] = await parseRows("a.json", bytes('[{"__proto__":"x","constructor":"y"}]'));
  for (const row of [fromCsv, fromJson]) {
    expect(Object.entries(row ?? {})).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  }
});

test("a large table is read in order", async () => {
  const path = join(tempDir(), "rows.csv");
  writeFileSync(
    path,
    `name,n\n${Array.from({ length: 20_000 }, (_, row) => `row-${row},${row}`).join("\n")}\n`,
  );
  const rows = await readRows(path);
  expect(rows.length).toBe(20_000);
  expect(rows[19_999]).toEqual({ name: "row-19999", n: "19999" });
});

test.each([
  ["nofile.csv", "Check the path", []],
  ["prodcts.csv", "Did you mean products.csv?", ["notes.txt", "products.csv", "zoo.json"]],
  ["quite-another.csv", "There is: products.csv, zoo.json.", ["notes.txt", "products.csv", "zoo.json"]],
  ["gone/rows.csv", "check the path", []],
])("%s is not there: %s", async (name, hint, others) => {
  const folder = tempDir();
  for (const other of others) writeFileSync(join(folder, other), "");
  const path = join(folder, name);
  await expect(readRows(path)).rejects.toMatchObject({
    facts: {
      code: "file-unreadable",
      message: `there is no file ${path}`,
      hint: expect.stringMatching(new RegExp(hint.replace("?", "\\?"), "i")),
    },
  });
});
