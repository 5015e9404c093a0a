// Runs the tests behind each promise in their long forms and prints what they have shown:
//
//   node .ci/proof.ts                 all of them; hours
//   node .ci/proof.ts R3 R9           some of them
//   node .ci/proof.ts --quick         the forms that every change is tried with
//   node .ci/proof.ts --write R1 R2   puts the numbers into docs/RELIABILITY.md; rows of other promises stay
//
// Each test file has its own bound in time, and what it has shown stays, whatever becomes of the others. To try the long
// forms in short: PROOF_R1 (seeds), PROOF_R3 (kills from outside), PROOF_R4 (runs), PROOF_R9 (holders) set how many
// rounds they make, PROOF_FIRST_SEED where the seeds begin.
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
/** A million stories take two hours on two slow processors. */
const longestMs = 6 * 3_600_000;
const head = ["| # | promise | shown | seeds | test | commit | date |", "|---|---|---|---|---|---|---|"];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean" }, write: { type: "boolean" } },
});
const unknown = positionals.filter((id) => !promises.some((promised) => promised.id === id));
if (unknown.length > 0) throw new Error(`no such promise: ${unknown.join(", ")}`);
const wanted = promises.filter(({ id }) => positionals.length === 0 || positionals.includes(id));

const files = [...new Set(wanted.flatMap(({ tests }) => tests))];
const results = files.map(runTest);
const shown = results.flatMap((result) => result.shown);
const failed = results.filter(({ passed }) => !passed).map(({ test }) => test);
console.log([...head, ...wanted.flatMap((promised) => rowsOf(promised, shown))].join("\n"));
for (const { test, minutes, passed } of results)
  console.error(`${passed ? "shown" : "FAILED"}  ${minutes.toFixed(1).padStart(6)} min  ${test}`);
const isKept = ({ tests }: Promised): boolean => !tests.some((test) => failed.includes(test));
const missing = wanted.filter(({ id }) => !shown.some(({ promise }) => promise === id)).map(({ id }) => id);
if (missing.length > 0) console.error(`nothing was shown for ${missing.join(", ")}`);
if (values.write === true) write(wanted.filter(isKept));
if (failed.length > 0 || missing.length > 0) process.exit(1);

interface Result {
  readonly test: string;
  readonly shown: readonly Proven[];
  readonly passed: boolean;
  readonly minutes: number;
}

/** What one test file shows; one that does not come to its end is ended. */
function runTest(test: string): Result {
  const folder = mkdtempSync(join(tmpdir(), "nemo-proof-"));
  const file = join(folder, "shown.jsonl");
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const startedMs = Date.now();
  const { status } = spawnSync(process.execPath, [vitest, "run", test], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    timeout: longestMs,
    env: { ...process.env, PROOF_FILE: file, ...(values.quick !== true && { PROOF: "1" }) },
  });
  const minutes = (Date.now() - startedMs) / 60_000;
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  rmSync(folder, { recursive: true });
  return { test, shown: lines.map((line) => JSON.parse(line) as Proven), passed: status === 0, minutes };
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

/** Rows of promises that were not looked at now, or not kept, stay as they are; all stand in the order of the promises. */
function write(kept: readonly Promised[]): void {
  const text = readFileSync(page, "utf8");
  const [before = "", rest = ""] = text.split(begin);
  const [old = "", after = ""] = rest.split(end);
  const idOf = (line: string): string => /^\| (\w+) \|/.exec(line)?.[1] ?? "";
  const stay = old.split("\n").filter((line) => !kept.some(({ id }) => id === idOf(line)));
  const rows = kept.flatMap((promised) => rowsOf(promised, shown));
  const all = promises.flatMap(({ id }) => [...stay, ...rows].filter((line) => idOf(line) === id));
  writeFileSync(page, `${before}${begin}\n\n${[...head, ...all].join("\n")}\n\n${end}${after}`);
}
