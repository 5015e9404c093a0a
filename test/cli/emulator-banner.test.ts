import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { callCli } from "../support/call-cli.ts";

test.each([
  ["emulator", /Ctrl-C ends it, and with it all accounts.*; --state-dir <folder> keeps them/],
  ["emulator --state-dir kept", /Ctrl-C ends it; .* stay in kept\./],
])("%s says what becomes of what it holds", async (line, says) => {
  const cwd = mkdtempSync(join(tmpdir(), "nemo-emulator-"));
  try {
    const { stderr } = await callCli(line.split(" "), {
      cwd,
      onOutput: (text, act) => {
        if (text.includes("Ctrl-C ends it")) setImmediate(() => act.signal("SIGINT"));
      },
    });
    expect(stderr).toMatch(says);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});
