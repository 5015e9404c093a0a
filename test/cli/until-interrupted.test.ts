import { expect, test } from "vitest";
import { untilInterrupted } from "../../src/cli/until-interrupted.ts";

test.each([
  ["something is at work", false, "Stopping: nothing new is sent"],
  ["nothing is at work", true, "Stopping: no job is at work."],
])("a first Ctrl-C while %s", async (_, isIdle, says) => {
  const told: string[] = [];
  let press = (): void => undefined;
  const io = { onSignal: (listener: () => void) => ((press = listener), () => undefined) };
  const screen = { alert: (line: string) => told.push(line) };
  const given = { io, screen } as unknown as Parameters<typeof untilInterrupted>[0];
  const exitCode = await untilInterrupted(given, async (signal, idleWhen) => {
    idleWhen(() => isIdle);
    press();
    throw signal.reason;
  });
  expect([exitCode, told]).toEqual([130, [expect.stringContaining(says)]]);
});
