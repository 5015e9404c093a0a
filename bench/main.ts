// bench/: Measures the goals of performance, floor and subject in turn. `npm run bench -- [ids…] [--rounds n] [--write]`
// With --peers: what others need for the same tasks; their packages are installed from the registry for as long.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.ts";
import { comparePeers } from "./peers.ts";
import { resultLines } from "./result-lines.ts";
import { rows } from "./rows.ts";
import { writePeers, writeResults, type Result } from "./write-results.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string" },
    write: { type: "boolean", default: false },
    peers: { type: "boolean", default: false },
  },
});
const wanted = positionals.map((id) => id.toUpperCase());
const unknown = wanted.filter((id) => !rows.some((row) => row.id === id));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")}; there are ${rows.map(({ id }) => id).join(" ")}.`);
  process.exit(2);
}

// Before all else: somebody may commit while this runs.
const machine = await describeMachine();
let folder = "";
const tidy = (): void => rmSync(folder, { recursive: true, force: true });
process.once("SIGINT", () => process.exit(130)).once("SIGTERM", () => process.exit(143));
process.once("exit", tidy);
if (values.peers) await runPeers();
else await runRows();

async function runRows(): Promise<void> {
  const results: Result[] = [];
  for (const row of rows.filter(({ id }) => isWanted(id))) {
    const rounds = Number(values.rounds ?? row.rounds);
    console.log(`${row.id} ${row.title} (${rounds} rounds)`);
    const findings = await inFolder((folder) => row.run({ rounds, folder }));
    results.push({ row, rounds, findings });
    for (const finding of findings) for (const line of resultLines(finding)) console.log(`  ${line}`);
  }
  if (values.write) writeResults(results, machine);
}

async function runPeers(): Promise<void> {
  const rounds = Number(values.rounds ?? 9);
  const results = await inFolder((folder) => comparePeers(folder, { rounds, isWanted }));
  if (values.write) writePeers(results, rounds, machine);
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  folder = mkdtempSync(join(tmpdir(), "nemo-bench-"));
  try {
    return await work(folder);
  } finally {
    tidy();
  }
}

function isWanted(id: string): boolean {
  return wanted.length === 0 || wanted.includes(id);
}
