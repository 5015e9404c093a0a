import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { proven } from "../support/proven.ts";
import { isWhole } from "../support/rounds.ts";
import { tempDir } from "../support/temp-dir.ts";
import { playRealScript, type RealScriptEnd } from "./real-scripts.ts";

const isProof = process.env["PROOF"] === "1";
const count = Number(process.env["REAL_SCRIPTS"] ?? (isProof ? 300 : isWhole ? 12 : 4));
const first = Number(process.env["REAL_SCRIPTS_FIRST"] ?? 1);
const together = 12;

it(
  `W1: ${count} random scripts on real folders make one video of each whole file, and none twice`,
  { timeout: 1_800_000 },
  async () => {
    const folder = tempDir();
    const ends: RealScriptEnd[] = [];
    const seeds = Array.from({ length: count }, (_, index) => first + index);
    const play = async (): Promise<void> => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
        const own = join(folder, `${seed}`);
        mkdirSync(own);
        ends.push(await playRealScript(seed, own));
      }
    };
    await Promise.all(Array.from({ length: together }, play));
    expect(ends.filter((end) => end.missing.length + end.doubled.length + end.wrong > 0)).toEqual([]);
    const words = ends.flatMap(({ log }) => log.map((line) => line.replace(/^\d+: /, "").split(" ")[0]));
    expect(new Set(words).size).toBeGreaterThan(8);
    const late = ends.reduce((sum, end) => sum + end.late.length, 0);
    proven(
      "W1",
      `${count} scripts × 50 operations on real folders, 0 missing, 0 twice, 0 foreign or unfinished; ${late} found only behind a new look at everything`,
      `${first}–${first + count - 1}`,
    );
  },
);
