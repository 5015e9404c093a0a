import { appendFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

/** One number that a test has shown for a promise. */
export interface Proven {
  /** `R1` … `X5`. */
  readonly promise: string;
  readonly number: string;
  /** For example `1–10000`. */
  readonly seeds?: string;
  /** The test's file, from the repository's folder. */
  readonly test: string;
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Prints what a test has shown, and keeps it where `npm run proof` asks for it. To be called last in the test. */
export function proven(promise: string, number: string, seeds?: string): void {
  console.log(`proven ${promise}: ${number}${seeds === undefined ? "" : `; seeds ${seeds}`}`);
  const file = process.env["PROOF_FILE"];
  if (file === undefined) return;
  const test = relative(root, expect.getState().testPath ?? "").replaceAll("\\", "/");
  const line: Proven = { promise, number, ...(seeds !== undefined && { seeds }), test };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}
