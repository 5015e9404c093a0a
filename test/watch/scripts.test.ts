import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { proven } from "../support/proven.ts";
import { rounds } from "../support/rounds.ts";
import type { ScriptEnd } from "./scripts.ts";

const program = fileURLToPath(new URL("play-scripts.ts", import.meta.url));
const count = Number(process.env["WATCH_SCRIPTS"] ?? (process.env["PROOF"] === "1" ? 2_000 : rounds(1_000)));
const first = Number(process.env["WATCH_SCRIPTS_FIRST"] ?? 1);

async function play(from: number, scripts: number): Promise<ScriptEnd[]> {
  const runtime = "Deno" in globalThis ? ["run", "-A"] : [];
  const args = [...runtime, program, `${from}`, `${scripts}`];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as ScriptEnd[];
}

it(
  `W1: ${count} random scripts make one video of each whole file, and none twice`,
  { timeout: 900_000 },
  async () => {
    const half = Math.ceil(count / 2);
    const broken = await Promise.all([play(first, half), play(first + half, count - half)]);
    expect(broken.flat()).toEqual([]);
    proven("W1", `${count} scripts × 50 operations, 0 missing, 0 twice`, `${first}–${first + count - 1}`);
  },
);
