import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/start-emulator.ts";
import { callAt } from "../support/call-at.ts";
import type { CalledCli } from "../support/call-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const picture = readFileSync(new URL("../fixtures/media/picture.jpg", import.meta.url));
let service: Emulator | undefined;
let dir = "";
beforeEach(() => {
  dir = tempDir();
});
afterEach(async () => {
  await service?.close();
});

const recipe = (batch: string): string => `inputs: ["*.jpg"]
batch: ${batch}
prompts: make a 1-second video
export: { quality: low, to: "out/\${{ ${batch === "sequence" ? "input.stem" : "job.name"} }}.mp4" }
poll: { state: 40ms, render: 500ms }
retry: { attempts: 3, delay: 20ms, maxDelay: 20ms }
timeouts: { turn: 900ms, silence: 400ms, idle: 300ms, change: 300ms, render: 9s }
`;

const call = (...args: string[]): Promise<CalledCli> => callAt({ dir, apiUrl: service?.url }, args);

/** What the sessions hold in which something was paid: none of it twice. */
function filesInPaidSessions(): string[] {
  const { turns = [], uploads = [] } = service?.ledger ?? {};
  const paid = new Set(turns.map(({ sessionId }) => sessionId));
  return uploads.filter(({ sessionId }) => paid.has(sessionId)).map(({ filename }) => filename);
}

// Uploads are numbered over the whole run: with `sequence`, the second one goes into a session that is paid.
test.each([
  ["together", "cut-after:upload@1", "arrived, and its answer was lost", 1],
  ["together", "cut-after:upload@2", "the second one arrived, and its answer was lost", 1],
  ["together", "cut-before:upload@2", "it never arrived", 2],
  ["together", "http-503:upload@1", "it was refused by a gateway", 2],
  ["together", "http-503-after:upload@1", "a gateway gave up too early", 1],
  ["sequence", "cut-after:upload@2", "arrived in a paid session, and its answer was lost", 1],
  ["sequence", "http-503:upload@2", "a gateway refused it between two paid turns", 1],
  ["sequence", "http-503-after:upload@2", "a gateway gave up too early between two paid turns", 1],
])("%s, %s: %s: each file is in the video once", async (batch, faults, _, sessions) => {
  service = await startEmulator({ faults, workMs: 50, pace: 0.2, credits: 1000 });
  for (const name of ["a.jpg", "b.jpg"]) writeFileSync(join(dir, name), picture);
  writeFileSync(join(dir, "promo.yaml"), recipe(batch));
  const made = await call("run", "promo.yaml", "--yes");
  expect(made.stderr).not.toMatch(/at .*\.ts:/);
  expect(made.exitCode).toBe(0);
  expect(filesInPaidSessions()).toEqual(["a.jpg", "b.jpg"]);
  expect(service.ledger.sessions).toHaveLength(sessions);
  expect(service.ledger.turns).toHaveLength(batch === "sequence" ? 2 : 1);
  expect(existsSync(join(dir, made.stdout.split("\n")[0] ?? ""))).toBe(true);
});

test("a session without paid work is left three times, and then the job says why", async () => {
  service = await startEmulator({ faults: "http-503:upload@1*9", workMs: 50, pace: 0.2, credits: 1000 });
  writeFileSync(join(dir, "a.jpg"), picture);
  writeFileSync(join(dir, "promo.yaml"), recipe("together"));
  const failed = await call("run", "promo.yaml");
  expect(failed.exitCode).toBe(1);
  expect(failed.stderr).toContain("HTTP 503");
  expect(service.ledger.sessions).toHaveLength(3);
  expect(service.ledger.turns).toHaveLength(0);
});
