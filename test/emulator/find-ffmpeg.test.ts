import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { findFfmpeg, ffmpegMissing } from "../../src/emulator/find-ffmpeg.ts";
import { startEmulator } from "../../src/emulator/start-emulator.ts";

const path = process.env["PATH"];
afterEach(() => {
  process.env["PATH"] = path;
});

it("takes the package where PATH has none", async () => {
  process.env["PATH"] = mkdtempSync(join(tmpdir(), "no-ffmpeg-"));
  expect(await findFfmpeg()).toMatchObject({ origin: "package", version: expect.stringMatching(/\S/) });
});

it("finds one that can be started", async () => {
  const found = await findFfmpeg();
  expect(["PATH", "package"]).toContain(found?.origin);
});

it("has one line for those who have neither", () => {
  for (const way of ["apt", "brew", "winget", "npm install @ffmpeg-installer/ffmpeg"])
    expect(ffmpegMissing).toContain(way);
  expect(ffmpegMissing).not.toContain("\n");
});

it("refuses a fault that does not exist before anything is started", async () => {
  await expect(startEmulator({ faults: "lat@2" })).rejects.toThrow(/unknown fault "lat"/);
});
