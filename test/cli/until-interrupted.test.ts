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

test.each([
  ["was stopped is heard to the last", true, [130]],
  ["came to its end is not listened for any more", false, []],
])("a Ctrl-C behind what %s", async (_, isStopped, ended) => {
  const codes: number[] = [];
  const listeners = new Set<() => void>();
  const press = (): void => listeners.forEach((listener) => listener());
  const io = {
    onSignal: (listener: () => void) => (listeners.add(listener), () => void listeners.delete(listener)),
    exitNow: (code: number) => void codes.push(code),
  };
  const given = { io, screen: { alert: () => undefined } } as unknown as Parameters<
    typeof untilInterrupted
  >[0];
  await untilInterrupted(given, async () => {
    if (isStopped) press();
    return 0;
  });
  press();
  expect(codes).toEqual(ended);
});
