import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/start-emulator.ts";
import { callAt } from "../support/call-at.ts";
import type { CalledCli } from "../support/call-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

let service: Emulator | undefined;
let dir = "";
beforeEach(() => {
  dir = tempDir();
});
afterEach(() => service?.close());

const serve = async (faults: string): Promise<Emulator> =>
  (service = await startEmulator({ faults, workMs: 50, pace: 0.2, credits: 1000 }));
const twoTurns = 'prompts: make a 1-second video\nrefinements: show the title "Hi"\n';
const put = (name: string, text: string): void =>
  writeFileSync(join(dir, name), `${text}export: { quality: low }\npoll: { state: 40ms, render: 500ms }\n`);
const call = (args: string): Promise<CalledCli> => callAt({ dir, apiUrl: service?.url }, args);
const turns = (): number => service?.ledger.turns.length ?? -1;
const jobId = async (name = "promo"): Promise<string> =>
  (JSON.parse((await call(`show ${name} --json`)).stdout) as { id: string }).id;

test("a job that failed half paid stays in status, resume and recover whatever ran since, until it is cancelled or whole", async () => {
  await serve("code-2001@2*2");
  put("promo.yaml", twoTurns);
  expect((await call("run promo.yaml")).exitCode).toBe(3);
  put("other.yaml", "prompts: make a 1-second film\n");
  expect((await call("run other.yaml")).exitCode).toBe(3);
  expect((await call("run other.yaml")).exitCode).toBe(0);
  const { stdout } = await call("status");
  expect(stdout).toContain(`${await jobId()}  `);
  expect(stdout).not.toContain("other  ");
  expect((await call("recover")).stderr).toContain("promo failed before it was whole: `nemo-recipe resume`");
  expect((await call("cancel promo")).stderr).toContain("cancelled. What is paid is kept");
  expect((await call("status")).stdout).toContain("Nothing is running");
  expect((await call("resume")).stderr).toContain("Nothing to resume");
  expect((await call("retry")).stderr).toContain("Nothing to retry");
  expect(await call("resume promo")).toMatchObject({ exitCode: 0, stdout: "out/promo.mp4\n" });
  expect(turns()).toBe(3);
  expect((await call("recover")).stderr).toContain("Nothing to recover: no work");
});

test("several that failed half paid in earlier runs go on when somebody agrees to what they still cost", async () => {
  await serve("code-2001@2;code-2001@4");
  for (const name of ["a", "b"]) {
    put(`${name}.yaml`, twoTurns.replace("video", `video of ${name}`));
    expect((await call(`run ${name}.yaml`)).exitCode).toBe(3);
  }
  put("other.yaml", "prompts: make a 1-second film\n");
  expect((await call("run other.yaml")).exitCode).toBe(0);
  const sent = turns();
  const refused = await call("resume");
  expect([refused.exitCode, refused.stdout, turns()], refused.stderr).toEqual([3, "", sent]);
  expect(refused.stderr).toMatch(/2 jobs may cost up to \d+ credits, and nobody has agreed/);
  expect(await call("resume --yes")).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("out/a.mp4"),
  });
  expect(turns()).toBe(sent + 2);
});
