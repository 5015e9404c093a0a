// docs/decisions/0013-what-a-runtime-lacks.md names every file in src/ that asks on what it runs, and a test of each.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const decision = readFileSync(join(root, "docs/decisions/0013-what-a-runtime-lacks.md"), "utf8");
const asks = /versions(?:\.|\[")(?:bun|deno)|\{ bun, deno|NotCapable|bunfs|"(?:Bun|Deno)" in globalThis/;

test("what asks for the runtime is in the decision", () => {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `src/${name.replaceAll("\\", "/")}`);
  const asking = sources.filter((path) => asks.test(readFileSync(join(root, path), "utf8")));
  expect(asking.length).toBeGreaterThan(4);
  expect(asking.filter((path) => !decision.includes(`\`${path}\``))).toEqual([]);
});

test("each file and test that it names is there", () => {
  const named = [...decision.matchAll(/`((?:src|test|\.ci)\/[\w./-]+\.ts)`/g)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(12);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
