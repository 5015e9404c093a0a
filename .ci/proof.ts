// Runs the tests behind each promise in their long forms and prints what they have shown:
//
//   node .ci/proof.ts                 all of them; hours
//   node .ci/proof.ts R3 R9           some of them
//   node .ci/proof.ts --quick         the forms that every change is tried with
//   node .ci/proof.ts --write R1 R2   puts the numbers into docs/RELIABILITY.md; rows of other promises stay
//
// MANY_SEEDS and MANY_SEEDS_FIRST choose the seeds of the long simulation.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Proven } from "../test/support/proven.ts";
import { promises, type Promised } from "./promises.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = join(root, "docs/RELIABILITY.md");
const begin = "<!-- numbers: node .ci/proof.ts --write -->";
const end = "<!-- end of numbers -->";
const head = ["| # | promise | shown | seeds | test | commit | date |", "|---|---|---|---|---|---|---|"];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean" }, write: { type: "boolean" } },
});
const unknown = positionals.filter((id) => !promises.some((promised) => promised.id === id));
if (unknown.length > 0) throw new Error(`no such promise: ${unknown.join(", ")}`);
const wanted = promises.filter(({ id }) => positionals.length === 0 || positionals.includes(id));

const { shown, passed } = runTests([...new Set(wanted.flatMap(({ tests }) => tests))]);
const rows = wanted.flatMap((promised) => rowsOf(promised, shown));
console.log([...head, ...rows].join("\n"));
const missing = wanted.filter(({ id }) => !shown.some(({ promise }) => promise === id)).map(({ id }) => id);
if (missing.length > 0) console.error(`nothing was shown for ${missing.join(", ")}`);
if (!passed || missing.length > 0) process.exit(1);
if (values.write === true) write(rows);

function runTests(files: readonly string[]): { shown: readonly Proven[]; passed: boolean } {
  const folder = mkdtempSync(join(tmpdir(), "nemo-proof-"));
  const file = join(folder, "shown.jsonl");
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const { status } = spawnSync(process.execPath, [vitest, "run", "--no-file-parallelism", ...files], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, PROOF_FILE: file, ...(values.quick !== true && { PROOF: "1" }) },
  });
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  rmSync(folder, { recursive: true });
  return { shown: lines.map((line) => JSON.parse(line) as Proven), passed: status === 0 };
}

function rowsOf({ id, says }: Promised, shown: readonly Proven[]): string[] {
  const commit =
    git("rev-parse", "--short=8", "HEAD") +
    (git("status", "--porcelain", "src") === "" ? "" : " and changes");
  const date = new Date().toISOString().slice(0, 10);
  return shown
    .filter(({ promise }) => promise === id)
    .map(({ number, seeds = "", test }) => row([id, says, number, seeds, `\`${test}\``, commit, date]));
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function git(...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
}

/** Rows of promises that were not looked at now stay as they are; all stand in the order of the promises. */
function write(rows: readonly string[]): void {
  const text = readFileSync(page, "utf8");
  const [before = "", rest = ""] = text.split(begin);
  const [old = "", after = ""] = rest.split(end);
  const idOf = (line: string): string => /^\| (\w+) \|/.exec(line)?.[1] ?? "";
  const kept = old.split("\n").filter((line) => !wanted.some(({ id }) => id === idOf(line)));
  const all = promises.flatMap(({ id }) => [...kept, ...rows].filter((line) => idOf(line) === id));
  writeFileSync(page, `${before}${begin}\n\n${[...head, ...all].join("\n")}\n\n${end}${after}`);
}
